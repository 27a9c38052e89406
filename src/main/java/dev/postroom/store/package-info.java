/**
 * Folders and messages: the index in MariaDB, the bytes in blobs.
 *
 * <p>Way in: {@link dev.postroom.store.MailStore}. Changes are announced after their transaction
 * has committed.
 */
@NullMarked
package dev.postroom.store;

import org.jspecify.annotations.NullMarked;
