package dev.postroom.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/** Writes a temporary file and hashes on the way. For one thread. */
final class FileBlobWriter extends BlobWriter {
  private static final int BUFFER_OCTETS = 64 * 1024;

  /** Where a synced file goes from here. */
  @FunctionalInterface
  interface Settle {
    void settle(Path written, BlobId id) throws IOException;
  }

  private final Path file;
  private final Settle settle;
  private final FileChannel channel;
  private final MessageDigest hash = sha256();
  private byte[] buffer = new byte[4096];
  private int buffered;
  private long size;
  private boolean kept;

  FileBlobWriter(Path file, Settle settle) throws IOException {
    this.file = file;
    this.settle = settle;
    this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  @Override
  public void write(int octet) throws IOException {
    makeRoom(1);
    buffer[buffered++] = (byte) octet;
    size++;
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, octets.length);
    int from = offset;
    int left = length;
    while (left > 0) {
      makeRoom(Math.min(left, BUFFER_OCTETS));
      int part = Math.min(left, buffer.length - buffered);
      System.arraycopy(octets, from, buffer, buffered, part);
      buffered += part;
      from += part;
      left -= part;
    }
    size += length;
  }

  /** The buffer grows with the message: most are small and many are written at a time. */
  private void makeRoom(int wanted) throws IOException {
    if (buffered + wanted > buffer.length && buffer.length < BUFFER_OCTETS) {
      int needed = Math.max(buffered + wanted, buffer.length * 2);
      buffer = Arrays.copyOf(buffer, Math.min(needed, BUFFER_OCTETS));
    }
    if (buffered == buffer.length) {
      flush();
    }
  }

  /** To the file, not yet to the disk. */
  @Override
  public void flush() throws IOException {
    if (!channel.isOpen()) {
      throw new IOException("this blob is closed");
    }
    hash.update(buffer, 0, buffered);
    var octets = ByteBuffer.wrap(buffer, 0, buffered);
    while (octets.hasRemaining()) {
      channel.write(octets);
    }
    buffered = 0;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public BlobId keep() throws IOException {
    flush();
    channel.force(false);
    channel.close();
    var id = new BlobId(HexFormat.of().formatHex(hash.digest()));
    settle.settle(file, id);
    kept = true;
    return id;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (!kept) {
      Files.deleteIfExists(file);
    }
  }
}
