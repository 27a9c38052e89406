/**
 * Where a message goes: into mailboxes here, through forwarders, or to the queue.
 *
 * <p>Way in: {@link dev.postroom.routing.Router} when a recipient is named, {@link
 * dev.postroom.routing.Intake} when the message is here. One message is one transaction.
 */
@NullMarked
package dev.postroom.routing;

import org.jspecify.annotations.NullMarked;
