package dev.postroom.outbound;

/** Keeps count of how connections turned out. Called for each one, so it must not wait. */
public interface TlsSessions {
  void add(TlsSession session);
}
