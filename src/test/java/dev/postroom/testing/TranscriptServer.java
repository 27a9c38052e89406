package dev.postroom.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Where transcripts connect to, on loopback.
 *
 * @param tlsPort the port with implicit TLS
 * @param trust what the server's certificate is verified against
 */
public record TranscriptServer(int plainPort, int tlsPort, SSLContext trust) {
  private static final String NAME = "mail.postroom.test";
  private static final int PATIENCE_MILLIS = 15_000;

  Socket connect(boolean overTls) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), overTls ? tlsPort : plainPort);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return overTls ? secure(socket) : socket;
  }

  Socket secure(Socket plain) throws IOException {
    var secure =
        (SSLSocket) trust.getSocketFactory().createSocket(plain, NAME, plain.getPort(), true);
    var parameters = secure.getSSLParameters();
    parameters.setServerNames(List.of(new SNIHostName(NAME)));
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    return secure;
  }
}
