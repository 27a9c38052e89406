package dev.postroom.auth;

import dev.postroom.auth.ScramMessages.MalformedException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** SCRAM-SHA-256 and SCRAM-SHA-256-PLUS (RFC 5802, RFC 7677), the server's side. */
final class ScramExchange implements SaslExchange {
  private static final Logger LOG = Logger.getLogger(ScramExchange.class);

  /** The second is worth less, but more clients have it. */
  private static final List<String> BINDING_TYPES = List.of("tls-exporter", "tls-server-end-point");

  private static final Base64.Encoder BASE64 = Base64.getEncoder();

  /** What is expected next; each state owns what only it needs. */
  private sealed interface State {
    record Beginning() implements State {}

    /**
     * Our nonce is told.
     *
     * @param name who says to be there
     * @param header what the client must repeat, the binding's octets included
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Asked(String name, byte[] header, String nonce, String messages) implements State {}

    /** All is said but for the client's nod to our signature. */
    record Concluded(LoginResult result) implements State {}
  }

  private final ScramLogins logins;
  private final SaslClient client;
  private final boolean plus;
  private State state = new State.Beginning();

  ScramExchange(ScramLogins logins, SaslClient client, boolean plus) {
    this.logins = logins;
    this.client = client;
    this.plus = plus;
  }

  static boolean canBind(ChannelBindings bindings) {
    return BINDING_TYPES.stream().anyMatch(type -> bindings.of(type).isPresent());
  }

  @Override
  public Step begin() {
    return new Step.Challenge(new byte[0]);
  }

  @Override
  public Step next(byte[] response) {
    try {
      return switch (state) {
        case State.Beginning _ -> first(ScramMessages.first(PlainExchange.utf8(response)));
        case State.Asked asked -> last(ScramMessages.last(PlainExchange.utf8(response)), asked);
        case State.Concluded(var result) ->
            response.length == 0
                ? new Step.Done(result)
                : new Step.Malformed("nothing more is expected");
      };
    } catch (MalformedException malformed) {
      return new Step.Malformed(String.valueOf(malformed.getMessage()));
    } catch (CharacterCodingException _) {
      return new Step.Malformed("not UTF-8");
    }
  }

  private Step first(ScramMessages.First message) {
    var type = message.bindingType();
    if (plus != (type != null)) {
      return new Step.Malformed("the channel binding does not fit the mechanism");
    }
    if (message.flag() == 'y' && canBind(client.bindings())) {
      // RFC 5802 §6: we have announced -PLUS, and somebody has taken it out on the way
      return new Step.Refused("server-does-support-channel-binding");
    }
    var binding = binding(type);
    if (binding == null) {
      return new Step.Refused("unsupported-channel-binding-type");
    }
    var actor = message.actor();
    if (actor != null && !actor.equalsIgnoreCase(message.name())) {
      return new Step.Refused("acting as somebody else is not supported");
    }
    return ask(message, binding);
  }

  /** No octets when none are wanted; null when there are none of that type. */
  private byte @Nullable [] binding(@Nullable String type) {
    if (type == null) {
      return new byte[0];
    }
    return BINDING_TYPES.contains(type) ? client.bindings().of(type).orElse(null) : null;
  }

  private Step ask(ScramMessages.First message, byte[] binding) {
    var name = SaslPrep.prepared(message.name());
    var keys = logins.candidate(name, client).keys();
    var nonce = message.nonce() + logins.newNonce();
    var question =
        "r=" + nonce + ",s=" + BASE64.encodeToString(keys.salt()) + ",i=" + keys.iterations();
    var header = new ByteArrayOutputStream();
    header.writeBytes(message.header().getBytes(StandardCharsets.UTF_8));
    header.writeBytes(binding);
    state =
        new State.Asked(name, header.toByteArray(), nonce, message.bare() + "," + question + ",");
    return challenge(question);
  }

  private Step last(ScramMessages.Final message, State.Asked asked) {
    if (!message.nonce().equals(asked.nonce())) {
      return new Step.Malformed("another nonce");
    }
    if (!MessageDigest.isEqual(message.binding(), asked.header())) {
      LOG.warnf(
          "SCRAM from %s: another channel binding than ours; somebody may be in between",
          client.address().getHostAddress());
      return new Step.Refused("channel-bindings-dont-match");
    }
    var authMessage = asked.messages() + message.unproven();
    // Looked up again: the password may have been changed, or the login suspended, meanwhile.
    var candidate = logins.candidate(asked.name(), client);
    var keys = candidate.keys();
    var result =
        logins.conclude(candidate, client, () -> keys.proves(message.proof(), authMessage));
    if (!(result instanceof LoginResult.Welcome)) {
      return new Step.Done(result); // RFC 5802 §5: a failure needs no last message of ours
    }
    state = new State.Concluded(result);
    return challenge("v=" + BASE64.encodeToString(keys.serverSignature(authMessage)));
  }

  private static Step challenge(String text) {
    return new Step.Challenge(text.getBytes(StandardCharsets.UTF_8));
  }
}
