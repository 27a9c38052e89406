/**
 * Clients that do harm: they are slowed down, then turned away for a growing time; and networks
 * that an administrator lets in or turns away for good.
 *
 * <p>Way in: {@link dev.postroom.guard.Guard} for whoever talks to clients, {@link
 * dev.postroom.guard.ClientRules} for pages and programs. A client is an IPv4 address or an IPv6
 * network of 64 bits. Everything is answered from memory; rules and bans are also in the database,
 * points are not (decision 057).
 */
@NullMarked
package dev.postroom.guard;

import org.jspecify.annotations.NullMarked;
