/**
 * Folders and messages: the index in MariaDB, the bytes in blobs.
 *
 * <p>Way in: {@link dev.postroom.store.MailStore}. Each change is one transaction, or part of the
 * caller's; it locks its folders' rows first, then what the mailbox holds (decision 021). Changes
 * are announced after their transaction has committed. {@code Transactions} runs statements, the
 * classes named after IMAP's verbs hold them, {@code SqlMailboxStore} hands them out.
 */
@NullMarked
package dev.postroom.store;

import org.jspecify.annotations.NullMarked;
