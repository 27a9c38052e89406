package dev.postroom.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the header of the PROXY protocol, version 1 or 2, in front of everything else. What
 * follows the header goes on to whoever stands behind it by then. All on the event loop.
 */
final class ProxyHeader extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = Logger.getLogger(ProxyHeader.class);

  private final BiConsumer<InetSocketAddress, InetSocketAddress> then;
  private @Nullable ScheduledFuture<?> timeout;

  private ProxyHeader(BiConsumer<InetSocketAddress, InetSocketAddress> then) {
    this.then = then;
  }

  /**
   * @param then told the addresses of client and server as the proxy saw them, before any octet
   *     behind the header is passed on
   */
  static void expect(
      Channel channel, Duration patience, BiConsumer<InetSocketAddress, InetSocketAddress> then) {
    var header = new ProxyHeader(then);
    header.timeout =
        channel
            .eventLoop()
            .schedule(
                () -> header.refuse(channel, "none came in time"),
                patience.toMillis(),
                TimeUnit.MILLISECONDS);
    channel.pipeline().addFirst("proxyHeader", header);
    channel.pipeline().addFirst("proxyDecoder", new HAProxyMessageDecoder());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HAProxyMessage header) {
      try {
        stopWaiting();
        context.pipeline().remove(this);
        announce(header, context.channel());
      } finally {
        header.release();
      }
    } else {
      context.fireChannelRead(message);
    }
  }

  private void announce(HAProxyMessage header, Channel channel) {
    var remote = (InetSocketAddress) channel.remoteAddress();
    var local = (InetSocketAddress) channel.localAddress();
    var source = header.sourceAddress();
    var destination = header.destinationAddress();
    // PROXY protocol §2.2: LOCAL is the proxy itself, looking whether we are well
    if (header.command() == HAProxyCommand.PROXY
        && isTcp(header.proxiedProtocol())
        && source != null
        && destination != null) {
      remote = new InetSocketAddress(InetAddress.ofLiteral(source), header.sourcePort());
      local = new InetSocketAddress(InetAddress.ofLiteral(destination), header.destinationPort());
    }
    then.accept(remote, local);
  }

  private static boolean isTcp(HAProxyProxiedProtocol protocol) {
    return protocol == HAProxyProxiedProtocol.TCP4 || protocol == HAProxyProxiedProtocol.TCP6;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    refuse(context.channel(), String.valueOf(cause.getMessage()));
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    stopWaiting();
    context.fireChannelInactive();
  }

  private void refuse(Channel channel, String why) {
    stopWaiting();
    LOG.infof("no PROXY header from %s: %s", channel.remoteAddress(), why);
    var _ = channel.close();
  }

  private void stopWaiting() {
    if (timeout != null) {
      timeout.cancel(false);
    }
  }
}
