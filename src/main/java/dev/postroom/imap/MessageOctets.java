package dev.postroom.imap;

import dev.postroom.blob.Blob;
import dev.postroom.store.MailboxStore;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The octets of one message; its blob is opened when the first of them is asked for. */
final class MessageOctets implements AutoCloseable {
  private final MailboxStore mailbox;
  private final long contentId;
  private @Nullable Blob blob;

  MessageOctets(MailboxStore mailbox, long contentId) {
    this.mailbox = mailbox;
    this.contentId = contentId;
  }

  private Blob open() throws IOException {
    var opened = blob;
    if (opened == null) {
      opened = mailbox.content(contentId);
      blob = opened;
    }
    return opened;
  }

  long size() throws IOException {
    return open().size();
  }

  InputStream read(long offset, long length) throws IOException {
    return open().read(offset, length);
  }

  /** A header section that begins at {@code offset}, at most {@code limit} octets of it. */
  byte[] held(long offset, long length, int limit) throws IOException {
    try (var in = read(offset, Math.min(length, limit))) {
      return in.readAllBytes();
    }
  }

  @Override
  public void close() throws IOException {
    if (blob != null) {
      blob.close();
    }
  }
}
