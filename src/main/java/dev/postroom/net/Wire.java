package dev.postroom.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * One connection, seen from the conversation that runs over it: plain blocking calls.
 *
 * <p>Threads: the event loop fills the input and drains the output; everything here is called by
 * the conversation's own virtual thread, {@link #nudge} and {@link #close} by any thread.
 */
public interface Wire extends AutoCloseable {
  /** Why {@link #await} came back. */
  enum Wakeup {
    INPUT,
    NUDGED,
    TIMED_OUT
  }

  /** See {@link #beforeWaiting}. */
  @FunctionalInterface
  interface Duty {
    void perform() throws IOException;
  }

  /**
   * What else is to be done before a read or {@link #await} has to wait for the other side, just
   * before what was written is sent. What a client sent together can so be done together.
   */
  void beforeWaiting(Duty duty);

  /**
   * For long waits: what the conversation goes on with after its {@link Conversation#hold} has
   * returned, as soon as {@link #await} has something to tell, or the time has passed (half a
   * second more may pass). Meanwhile it has no thread: one that is parked keeps memory for the
   * deepest stack that it ever parked with.
   */
  void goOnAfter(Duration atMost, Conversation rest);

  /**
   * A line without its line end.
   *
   * @param endedByCrlf false when a bare LF ended it
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not compared
  record Line(byte[] octets, boolean endedByCrlf) {
    /** Its octets as UTF-8; what is not UTF-8 becomes U+FFFD. */
    public String text() {
      return new String(octets, java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  /**
   * Reads up to and including the next LF. Before it has to wait it sends what was written: the
   * replies to commands that came together leave together.
   *
   * @param maxOctets the longest line accepted, its CRLF included
   * @throws LineTooLongException after the whole over-long line was read and dropped
   * @throws WireClosedException when the other side is gone, or sends a line without measure
   * @throws WireTimeoutException when the whole line did not come within the idle time
   * @throws ShutdownException when this server stops; a goodbye can still be written
   */
  Line readLine(int maxOctets) throws IOException;

  /**
   * Waits for at least one octet (sending what was written before it has to) and shows what is
   * there, as a read-only view valid until the next call. {@link #consume} takes octets away.
   */
  ByteBuffer peek() throws IOException;

  /** Takes {@code octets} of what {@link #peek} showed. */
  void consume(int octets);

  /** True when octets can be read without waiting: a client that pipelines. */
  boolean hasInput();

  /** Waits for input or a {@link #nudge}, whichever comes first. A nudge is not lost. */
  Wakeup await(Duration atMost) throws IOException;

  /** Wakes {@link #await}. Any thread. */
  void nudge();

  /** Adds to what {@link #flush} (or the next read) sends. Large output is sent as it fills up. */
  void write(byte[] octets, int offset, int length) throws IOException;

  default void write(byte[] octets) throws IOException {
    write(octets, 0, octets.length);
  }

  /** Text in UTF-8. */
  default void write(String text) throws IOException {
    write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** Copies a stream to its end without holding all of it. */
  void transfer(InputStream from) throws IOException;

  /** Sends what was written; waits while the other side is slow to take it. */
  void flush() throws IOException;

  /** How long a read, a write or {@link #peek} waits at most. */
  void idleTimeout(Duration timeout);

  /**
   * Server side of STARTTLS: sends what was written (the go-ahead), drops every octet that the
   * client had pipelined (RFC 3207 §4.2, CVE-2011-0411) and does the handshake.
   *
   * @throws javax.net.ssl.SSLException when there is no handshake; close the wire then
   */
  void startTls() throws IOException;

  /**
   * Client side of STARTTLS, or of implicit TLS right after connecting. {@code serverName} goes
   * into SNI.
   *
   * @param context decides whom to trust, see {@link dev.postroom.tls.TlsContexts}; the name is
   *     checked only when {@code verifyName}
   * @throws javax.net.ssl.SSLException when there is no handshake; close the wire then
   */
  void startTlsAsClient(SSLContext context, String serverName, boolean verifyName)
      throws IOException;

  boolean isSecure();

  /** Whether STARTTLS can be offered now: still in plain text, and there is a certificate. */
  default boolean canStartTls() {
    return !isSecure() && !isDeflated();
  }

  /**
   * Sends what was written (the go-ahead), and compresses from then on in both directions (RFC
   * 4978). TLS cannot begin any more.
   */
  void startDeflate() throws IOException;

  boolean isDeflated();

  /**
   * What is unique to this TLS connection and known to both its ends (RFC 5056); empty in plain
   * text and for types that it does not have.
   *
   * @param type {@code tls-exporter} or {@code tls-server-end-point}
   */
  Optional<byte[]> channelBinding(String type);

  /** {@code TLSv1.3 TLS_AES_256_GCM_SHA384}, or empty in plain text. */
  String tlsDescription();

  /** What the server showed in the handshake, its own certificate first; empty in plain text. */
  List<X509Certificate> serverCertificates();

  /** The client, as the PROXY protocol reports it where that is trusted. */
  InetSocketAddress remote();

  InetSocketAddress local();

  /** Ends the connection after what was flushed; calling it again does nothing. Any thread. */
  @Override
  void close();
}
