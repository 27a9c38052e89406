package dev.postroom.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.net.impl.NetSocketInternal;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * A wire over a Vert.x socket.
 *
 * <p>Threads: made on the socket's event loop, before the first octet can arrive. The input and
 * output buffers belong to the conversation, the queues take care of themselves.
 */
final class VertxWire implements Wire {
  /** What all wires of a listener, or of the dialer, have in common. */
  record Settings(
      @Nullable ServerTls serverTls,
      Duration idleTimeout,
      Duration handshakeTimeout,
      Duration closeTimeout) {}

  /** After our last octet is out, how long the other side may take to hang up. */
  private static final Duration LINGER = Duration.ofSeconds(1);

  private final ChannelHandlerContext pipeline;
  private final Settings settings;
  private final InetSocketAddress remote;
  private final InetSocketAddress local;
  private final InputQueue received;
  private final WireInput input;
  private final OutputQueue output;
  private final WireTls tls;
  private final AtomicBoolean closed = new AtomicBoolean();
  private Duration idleTimeout;
  private @Nullable Duty duty;
  private @Nullable Conversation rest;
  private Duration restAfter = Duration.ZERO;

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
    this.received = new InputQueue(channel().config());
    this.input = new WireInput(received, this::beforeWaiting);
    this.output = new OutputQueue(socket);
    this.tls = new WireTls(pipeline, settings.handshakeTimeout());
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
      received.add(ByteBuffer.wrap(octets));
    }
    ReferenceCountUtil.release(message);
  }

  private void happened(Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      received.end("the other side has hung up");
      tls.inputEnded();
      if (channel() instanceof DuplexChannel duplex && duplex.isOutputShutdown()) {
        cut();
      }
    }
    ReferenceCountUtil.release(event);
  }

  private void gone(String why) {
    received.end(why);
    output.fail(why);
  }

  private Channel channel() {
    return pipeline.channel();
  }

  // Input

  @Override
  public void beforeWaiting(Duty task) {
    duty = task;
  }

  @Override
  public void goOnAfter(Duration atMost, Conversation next) {
    rest = next;
    restAfter = atMost;
  }

  /** What is left of the conversation; asked once. */
  @Nullable Conversation takeRest() {
    var next = rest;
    rest = null;
    return next;
  }

  /** Runs it, once, when it is time for the rest. It may run at once, or on an event loop. */
  void whenRestIsDue(Runnable then) {
    if (input.hasAny()) {
      then.run();
    } else {
      received.whenAwaited(restAfter, then);
    }
  }

  private void beforeWaiting() throws IOException {
    if (duty != null) {
      duty.perform();
    }
    flush();
  }

  @Override
  public Line readLine(int maxOctets) throws IOException {
    return input.readLine(maxOctets, idleTimeout);
  }

  @Override
  public ByteBuffer peek() throws IOException {
    return input.peek(idleTimeout);
  }

  @Override
  public void consume(int octets) {
    input.consume(octets);
  }

  @Override
  public boolean hasInput() {
    return input.hasAny();
  }

  @Override
  public Wakeup await(Duration atMost) throws IOException {
    if (output.isDeflating() && !input.hasAny()) {
      beforeWaiting();
      output.rest();
    }
    return input.await(atMost);
  }

  @Override
  public void nudge() {
    received.nudge();
  }

  /** The server stops: waiting for input ends. Any thread. */
  void stop() {
    received.stop();
  }

  /** See {@link InputQueue#remind}. */
  void remind() {
    received.remind();
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
    var server = settings.serverTls();
    return server != null && server.available() && !isSecure() && !isDeflated();
  }

  @Override
  public void startTls() throws IOException {
    var server = settings.serverTls();
    if (server == null) {
      throw new IllegalStateException("not a server's wire");
    }
    secure(TlsEngines.server(server.context()));
  }

  @Override
  public void startTlsAsClient(SSLContext context, String serverName, boolean verifyName)
      throws IOException {
    secure(TlsEngines.client(context, remote, serverName, verifyName));
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
              received.clear();
              tls.begin(engine, handshake);
            });
    WireTls.finish(handshake);
    input.forget();
  }

  /** For implicit TLS: on the event loop, before the first octet is read. */
  CompletableFuture<Void> beginSecure(ServerTls server) {
    var handshake = new CompletableFuture<Void>();
    tls.begin(TlsEngines.server(server.context()), handshake);
    return handshake;
  }

  @Override
  public boolean isSecure() {
    return tls.isSecure();
  }

  @Override
  public Optional<byte[]> channelBinding(String type) {
    return tls.session().flatMap(session -> ChannelBinding.of(type, session));
  }

  @Override
  public String tlsDescription() {
    return tls.description();
  }

  @Override
  public List<X509Certificate> serverCertificates() {
    return tls.serverCertificates();
  }

  @Override
  public InetSocketAddress remote() {
    return remote;
  }

  @Override
  public InetSocketAddress local() {
    return local;
  }

  // Compression

  @Override
  public void startDeflate() throws IOException {
    flush();
    output.deflate();
    input.inflate();
  }

  @Override
  public boolean isDeflated() {
    return output.isDeflating();
  }

  /** The conversation is over. On its thread. */
  void end() {
    output.end();
    input.end();
    close();
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
    received.drop();
    cutAfter(settings.closeTimeout());
    tls.sendLast()
        .addListener(
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
