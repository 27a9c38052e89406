package dev.postroom.auth;

import java.net.InetAddress;

/**
 * Who wants to authenticate.
 *
 * @param service {@code imap}, {@code pop3}, {@code submission}: for logs and metrics
 */
public record SaslClient(InetAddress address, String service, ChannelBindings bindings) {}
