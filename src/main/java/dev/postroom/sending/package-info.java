/**
 * How much may be sent: messages and recipients an hour and a day, by mailbox, domain, account and
 * reseller, as the plan says or as was set for one of them.
 *
 * <p>Ways in: {@link dev.postroom.sending.Reservations} for whoever takes a message from a user,
 * {@link dev.postroom.sending.Allowances} for pages and programs. Counted is in memory, exact in
 * one process; what was counted is written every second, all of it in one statement (decision 056).
 */
@NullMarked
package dev.postroom.sending;

import org.jspecify.annotations.NullMarked;
