package dev.postroom.imap.syntax;

import org.jspecify.annotations.Nullable;

/**
 * Which of the messages named FETCH is about (RFC 4466 §2.4).
 *
 * @param changedSince only those with a higher MODSEQ (RFC 7162 §3.1.4.1); null for all
 * @param vanished also tell which are gone since then (RFC 7162 §3.2.6)
 * @param partial only a part of these (RFC 9394 §3.3); null for all
 */
public record FetchModifiers(
    @Nullable Long changedSince, boolean vanished, SearchReturn.@Nullable Window partial) {
  public static final FetchModifiers NONE = new FetchModifiers(null, false, null);
}
