package dev.postroom.trace;

import dev.postroom.mail.MailAddress;
import dev.postroom.mail.ReversePath;
import org.jspecify.annotations.Nullable;

/**
 * Where a message came from.
 *
 * @param service which of ours took it: {@code smtp}, {@code submission}
 * @param client its address, empty when it was made here
 * @param helo what the client called itself
 * @param tls version and cipher, empty in plain text
 * @param login who was logged in
 */
public record Origin(
    String service,
    String client,
    String helo,
    String tls,
    @Nullable MailAddress login,
    ReversePath sender) {}
