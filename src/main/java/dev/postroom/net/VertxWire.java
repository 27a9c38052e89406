package dev.postroom.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.net.impl.NetSocketInternal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * A wire over a Vert.x socket.
 *
 * <p>Threads: made on the socket's event loop, before the first octet can arrive. {@code current}
 * and the output buffer belong to the conversation, the queues take care of themselves.
 */
final class VertxWire implements Wire {
  /** What all wires of a listener, or of the dialer, have in common. */
  record Settings(
      @Nullable ServerTls serverTls,
      Duration idleTimeout,
      Duration handshakeTimeout,
      Duration closeTimeout) {}

  private static final byte LF = '\n';
  private static final byte CR = '\r';
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** After our last octet is out, how long the other side may take to hang up. */
  private static final Duration LINGER = Duration.ofSeconds(1);

  private final ChannelHandlerContext pipeline;
  private final Settings settings;
  private final InetSocketAddress remote;
  private final InetSocketAddress local;
  private final InputQueue input;
  private final OutputQueue output;
  private final AtomicBoolean closed = new AtomicBoolean();
  private ByteBuffer current = NOTHING;
  private Duration idleTimeout;

  /** The one that is going on, or the last one. Event loop only. */
  private CompletableFuture<Void> handshake = new CompletableFuture<>();

  VertxWire(
      NetSocketInternal socket,
      Settings settings,
      InetSocketAddress remote,
      InetSocketAddress local) {
    this.pipeline = socket.channelHandlerContext();
    this.settings = settings;
    this.remote = remote;
    this.local = local;
    this.idleTimeout = settings.idleTimeout();
    this.input = new InputQueue(channel().config());
    this.output = new OutputQueue(socket);
    listen(socket);
  }

  private void listen(NetSocketInternal socket) {
    // who shuts down one direction (nc, scripts) still gets the answers
    channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    socket.messageHandler(this::received);
    socket.eventHandler(this::happened);
    socket.exceptionHandler(failure -> gone(String.valueOf(failure.getMessage())));
    channel().closeFuture().addListener(_ -> gone("the connection is closed"));
  }

  private void received(Object message) {
    if (message instanceof ByteBuf buffer) {
      var octets = new byte[buffer.readableBytes()];
      buffer.readBytes(octets);
      input.add(ByteBuffer.wrap(octets));
    }
    ReferenceCountUtil.release(message);
  }

  private void happened(Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      input.end("the other side has hung up");
      handshake.completeExceptionally(new ClosedChannelException()); // if one is going on
      if (channel() instanceof DuplexChannel duplex && duplex.isOutputShutdown()) {
        cut();
      }
    }
    ReferenceCountUtil.release(event);
  }

  private void gone(String why) {
    input.end(why);
    output.fail(why);
  }

  private Channel channel() {
    return pipeline.channel();
  }

  // Input

  @Override
  public Line readLine(int maxOctets) throws IOException {
    long deadline = deadline();
    fill(deadline);
    int lf = find(LF);
    if (lf >= 0 && lf < maxOctets) {
      return line(take(lf + 1));
    }
    return lineInPieces(maxOctets, deadline);
  }

  /** A line that is not in one piece, or too long. */
  private Line lineInPieces(int maxOctets, long deadline) throws IOException {
    var pieces = new ByteArrayOutputStream();
    boolean tooLong = false;
    while (true) {
      fill(deadline);
      int lf = find(LF);
      int length = lf < 0 ? current.remaining() : lf + 1;
      tooLong |= pieces.size() + length > maxOctets;
      if (tooLong) {
        consume(length);
      } else {
        pieces.writeBytes(take(length));
      }
      if (lf >= 0 && tooLong) {
        throw new LineTooLongException("a line of more than " + maxOctets + " octets");
      }
      if (lf >= 0) {
        return line(pieces.toByteArray());
      }
    }
  }

  private static Line line(byte[] withEnd) {
    int end = withEnd.length - 1;
    boolean crlf = end > 0 && withEnd[end - 1] == CR;
    return new Line(Arrays.copyOf(withEnd, crlf ? end - 1 : end), crlf);
  }

  /** How far away an octet is in the current chunk; -1 when it is not there. */
  private int find(byte octet) {
    for (int at = current.position(); at < current.limit(); at++) {
      if (current.get(at) == octet) {
        return at - current.position();
      }
    }
    return -1;
  }

  private byte[] take(int length) {
    var octets = new byte[length];
    current.get(octets);
    return octets;
  }

  /** Sends what was written only when it has to wait: replies to a batch leave together. */
  private void fill(long deadline) throws IOException {
    while (!current.hasRemaining()) {
      current = NOTHING;
      if (!input.hasAny()) {
        flush();
      }
      current = input.take(deadline);
    }
  }

  private long deadline() {
    return System.nanoTime() + idleTimeout.toNanos();
  }

  @Override
  public ByteBuffer peek() throws IOException {
    fill(deadline());
    return current.asReadOnlyBuffer();
  }

  @Override
  public void consume(int octets) {
    current.position(current.position() + octets);
  }

  @Override
  public boolean hasInput() {
    return current.hasRemaining() || input.hasAny();
  }

  @Override
  public Wakeup await(Duration atMost) throws IOException {
    if (hasInput()) {
      return Wakeup.INPUT;
    }
    flush();
    return input.await(atMost);
  }

  @Override
  public void nudge() {
    input.nudge();
  }

  /** The server stops: waiting for input ends. Any thread. */
  void stop() {
    input.stop();
  }

  // Output

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    output.write(octets, offset, length, idleTimeout);
  }

  @Override
  public void transfer(InputStream from) throws IOException {
    output.transfer(from, idleTimeout);
  }

  @Override
  public void flush() throws IOException {
    output.flush(idleTimeout);
  }

  @Override
  public void idleTimeout(Duration timeout) {
    idleTimeout = timeout;
  }

  // TLS

  @Override
  public boolean canStartTls() {
    var tls = settings.serverTls();
    return tls != null && tls.available() && !isSecure();
  }

  @Override
  public void startTls() throws IOException {
    var tls = settings.serverTls();
    if (tls == null) {
      throw new IllegalStateException("not a server's wire");
    }
    secure(TlsHandler.serverEngine(tls.context()));
  }

  @Override
  public void startTlsAsClient(SSLContext context, String serverName, boolean verifyName)
      throws IOException {
    secure(TlsHandler.clientEngine(context, remote, serverName, verifyName));
  }

  /**
   * In one turn of the event loop: the last plain octets out, everything received so far forgotten,
   * TLS in between. What arrives later is part of the handshake, or ends it.
   */
  private void secure(SSLEngine engine) throws IOException {
    var lastPlain = output.take();
    var handshake = new CompletableFuture<Void>();
    channel()
        .eventLoop()
        .execute(
            () -> {
              var _ = pipeline.writeAndFlush(lastPlain);
              input.clear();
              join(handshake, engine);
            });
    finish(handshake);
    current = NOTHING;
  }

  private void join(CompletableFuture<Void> handshake, SSLEngine engine) {
    this.handshake = handshake;
    if (channel() instanceof DuplexChannel duplex && duplex.isInputShutdown()) {
      handshake.completeExceptionally(new ClosedChannelException());
      return;
    }
    channel()
        .closeFuture()
        .addListener(_ -> handshake.completeExceptionally(new ClosedChannelException()));
    TlsHandler.install(pipeline, engine, settings.handshakeTimeout())
        .handshakeFuture()
        .addListener(
            done -> {
              if (done.isSuccess()) {
                handshake.complete(null);
              } else {
                handshake.completeExceptionally(done.cause());
              }
            });
  }

  /** For implicit TLS: on the event loop, before the first octet is read. */
  CompletableFuture<Void> beginSecure(ServerTls tls) {
    var handshake = new CompletableFuture<Void>();
    join(handshake, TlsHandler.serverEngine(tls.context()));
    return handshake;
  }

  /** Waits for a handshake, which has a time limit of its own. */
  static void finish(CompletableFuture<Void> handshake) throws IOException {
    try {
      handshake.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof SSLException broken) {
        throw broken;
      }
      var why = new SSLHandshakeException("no handshake: " + failed.getCause());
      why.initCause(failed.getCause());
      throw why;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new WireClosedException("interrupted");
    }
  }

  @Override
  public boolean isSecure() {
    return TlsHandler.of(channel()) != null;
  }

  @Override
  public String tlsDescription() {
    var handler = TlsHandler.of(channel());
    if (handler == null) {
      return "";
    }
    var session = handler.engine().getSession();
    return session.getProtocol() + " " + session.getCipherSuite();
  }

  @Override
  public InetSocketAddress remote() {
    return remote;
  }

  @Override
  public InetSocketAddress local() {
    return local;
  }

  // The end

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      gone("this side has hung up");
      channel().eventLoop().execute(this::hangUp);
    }
  }

  /**
   * Sends the rest, says that nothing more will come, and closes when the other side does so, too,
   * or takes too long. Closing at once would reset the connection if octets are still coming in,
   * and the last reply would be lost with it.
   */
  private void hangUp() {
    input.drop();
    cutAfter(settings.closeTimeout());
    var handler = TlsHandler.of(channel());
    var sent =
        handler != null && handler.handshakeFuture().isSuccess()
            ? handler.closeOutbound()
            : pipeline.writeAndFlush(Unpooled.EMPTY_BUFFER);
    sent.addListener(
        _ -> {
          if (channel() instanceof DuplexChannel duplex && !duplex.isInputShutdown()) {
            var _ = duplex.shutdownOutput();
            cutAfter(LINGER);
          } else {
            cut();
          }
        });
  }

  private void cutAfter(Duration patience) {
    var cut = channel().eventLoop().schedule(this::cut, patience.toMillis(), TimeUnit.MILLISECONDS);
    channel().closeFuture().addListener(_ -> cut.cancel(false));
  }

  private void cut() {
    var _ = pipeline.close();
  }

  void whenClosed(Runnable then) {
    channel().closeFuture().addListener(_ -> then.run());
  }
}
