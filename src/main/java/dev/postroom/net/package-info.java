/**
 * Sockets as conversations: Vert.x moves bytes on event loops, a conversation is blocking code on a
 * virtual thread.
 *
 * <p>Way in: {@link dev.postroom.net.Listeners} for what connects to us, {@link
 * dev.postroom.net.Dialer} for where we connect, {@link dev.postroom.net.Wire} for either.
 */
@NullMarked
package dev.postroom.net;

import org.jspecify.annotations.NullMarked;
