package dev.postroom.egress;

import dev.postroom.directory.DirectoryProblem;
import dev.postroom.directory.DirectoryProblem.Kind;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** Turns down what cannot be a relay host or an address of this server. */
final class EgressChecks {
  private static final int MAX_PORT = 65_535;
  private static final int MAX_LOGIN = 255;
  private static final int MAX_PASSWORD = 256;

  /** A name as DNS has it, or an address in brackets. */
  private static final Pattern HOST =
      Pattern.compile("(?=.{1,253}$)[a-z0-9_-]+(\\.[a-z0-9_-]+)*|\\[[0-9a-f:.]{2,45}]");

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private final List<String> sources;

  EgressChecks(Collection<String> sources) {
    this.sources = sources.stream().sorted().toList();
  }

  List<String> sources() {
    return sources;
  }

  void sources(Wanted wanted) {
    source("source4", wanted.source4(), false);
    source("source6", wanted.source6(), true);
  }

  private void source(String field, String address, boolean six) {
    if (!address.isEmpty() && (!sources.contains(address) || address.contains(":") != six)) {
      throw new DirectoryProblem(
          Kind.INVALID, field, "This is none of the addresses that this server has to give.");
    }
  }

  void relay(RelayRule relay) {
    if (!HOST.matcher(relay.host()).matches()) {
      throw new DirectoryProblem(Kind.INVALID, "host", "This is not the name of a server.");
    }
    if (relay.port() < 1 || relay.port() > MAX_PORT) {
      throw new DirectoryProblem(Kind.INVALID, "port", "A port is a number from 1 to 65535.");
    }
    if (relay.login().length() > MAX_LOGIN || CONTROL.matcher(relay.login()).find()) {
      throw new DirectoryProblem(Kind.INVALID, "login", "This login is too long.");
    }
    if (relay.hasLogin() && relay.tls() == RelayTls.OPPORTUNISTIC) {
      throw new DirectoryProblem(
          Kind.INVALID, "tls", "With a login the connection has to be encrypted.");
    }
  }

  static String password(String text) {
    if (text.isEmpty() || text.length() > MAX_PASSWORD || CONTROL.matcher(text).find()) {
      throw new DirectoryProblem(Kind.INVALID, "password", "A password has 1 to 256 characters.");
    }
    return text;
  }
}
