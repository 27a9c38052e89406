/**
 * Who did what, when and from where: an entry for every change of what is managed and every action
 * on the queue.
 *
 * <p>Way in: {@link dev.postroom.audit.Audit}, called inside the transaction that acts, so that
 * there is no deed without its entry. Changes of the directory and of passwords and tokens are
 * heard as events. Entries never hold a secret.
 */
@NullMarked
package dev.postroom.audit;

import org.jspecify.annotations.NullMarked;
