package dev.postroom.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessageEnvelopeTest {
  private static MessageEnvelope envelope(String header) {
    return MessageEnvelope.of(Headers.parse(header.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static List<EnvelopeAddress> addresses(String list) {
    return envelope("To: " + list + "\r\n").to();
  }

  private static EnvelopeAddress address(@Nullable String name, String mailbox, String host) {
    return new EnvelopeAddress(name, null, mailbox, host);
  }

  @Test
  void senderAndReplyToAreFromWhereAbsentOrEmpty() {
    var absent = envelope("From: a@b\r\n");
    assertThat(absent.sender()).isEqualTo(absent.from()).hasSize(1);
    assertThat(envelope("From: a@b\r\nReply-To:\r\n").replyTo()).isEqualTo(absent.from());
    assertThat(envelope("From: a@b\r\nReply-To: c@d\r\n").replyTo())
        .containsExactly(address(null, "c", "d"));
  }

  @Test
  void anEmptyFieldIsEmptyAndAnAbsentOneIsNot() {
    assertThat(envelope("Subject:\r\n").subject()).isEmpty();
    assertThat(envelope("X: y\r\n").subject()).isNull();
  }

  @Test
  void foldsAreRemovedAndEncodedWordsStay() {
    assertThat(envelope("Subject: =?utf-8?q?a?=\r\n =?utf-8?q?b?=\r\n").subject())
        .isEqualTo("=?utf-8?q?a?= =?utf-8?q?b?=");
    assertThat(envelope("Subject: a\r\n\tb\n c\0d\re\r\n").subject()).isEqualTo("a\tb cd e");
  }

  @Test
  void eightBitOctetsStayAsTheyAre() {
    assertThat(envelope("Subject: caf\u00c3\u00a9\r\n").subject()).isEqualTo("caf\u00c3\u00a9");
    assertThat(HeaderText.decodeOctets("caf\u00c3\u00a9")).isEqualTo("caf\u00e9");
    assertThat(HeaderText.decodeOctets("caf\u00e9")).isEqualTo("caf\u00e9");
  }

  @Test
  void noAddressHidesBehindAnother() {
    assertThat(addresses("Ann <ann@x.test> <ben@y.test>"))
        .containsExactly(address("Ann", "ann", "x.test"), address(null, "ben", "y.test"));
  }

  @Test
  void addressesAreTakenApart() {
    assertThat(addresses("plain@x.test")).containsExactly(address(null, "plain", "x.test"));
    assertThat(addresses("Ann  B. <ann@x.test>, <ben@y.test>"))
        .containsExactly(address("Ann B.", "ann", "x.test"), address(null, "ben", "y.test"));
    assertThat(addresses("\"B, \\\"Q\\\"\" <b@x>")).containsExactly(address("B, \"Q\"", "b", "x"));
    assertThat(addresses("a@x (Ann (the first))"))
        .containsExactly(address("Ann (the first)", "a", "x"));
    assertThat(addresses("\"a b\"@x, c@[192.0.2.1]"))
        .containsExactly(address(null, "a b", "x"), address(null, "c", "[192.0.2.1]"));
    assertThat(addresses("<@r1,@r2:a@x>"))
        .containsExactly(new EnvelopeAddress(null, "@r1,@r2", "a", "x"));
  }

  @Test
  void groupsHaveAStartAndAnEnd() {
    assertThat(addresses("Team: a@x, b@y;, c@z"))
        .containsExactly(
            EnvelopeAddress.groupStart("Team"),
            address(null, "a", "x"),
            address(null, "b", "y"),
            EnvelopeAddress.GROUP_END,
            address(null, "c", "z"));
    assertThat(addresses("undisclosed-recipients:;"))
        .containsExactly(
            EnvelopeAddress.groupStart("undisclosed-recipients"), EnvelopeAddress.GROUP_END);
    assertThat(addresses("Unclosed: a@x"))
        .endsWith(address(null, "a", "x"), EnvelopeAddress.GROUP_END);
  }

  @Test
  void whatIsNoAddressIsStillShown() {
    assertThat(addresses("nobody")).containsExactly(address(null, "nobody", ""));
    assertThat(addresses("Ann <>")).containsExactly(address("Ann", "", ""));
    assertThat(addresses(", ,")).isEmpty();
    assertThat(addresses("\"unclosed <a@b>")).hasSize(1);
    assertThat(addresses("Ann <a@b")).containsExactly(address("Ann", "a", "b"));
  }

  @Test
  void addressesOfRepeatedFieldsAllCount() {
    assertThat(envelope("To: a@x\r\nSubject: s\r\nTo: b@y\r\n").to()).hasSize(2);
  }

  private static MessageEnvelope withTo(String addresses) {
    return MessageEnvelope.of(
        Headers.parse(("To: " + addresses + "\r\n").getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Test
  void addressesBeyondTheLimitAreLeftOut() {
    int limit = MessageEnvelope.MAX_ADDRESSES;
    for (int count : new int[] {limit - 1, limit, limit + 1}) {
      assertThat(withTo("a@b,".repeat(count)).to()).hasSize(Math.min(count, limit));
    }
  }

  @Test
  void aGroupAtTheLimitIsWholeOrNotThere() {
    int limit = MessageEnvelope.MAX_ADDRESSES;
    for (int before = limit - 4; before <= limit; before++) {
      var entries = withTo("a@b,".repeat(before) + "g: c@d, e@f;, h@i").to();
      long starts = entries.stream().filter(e -> e.host() == null && e.mailbox() != null).count();
      long ends = entries.stream().filter(e -> e.host() == null && e.mailbox() == null).count();
      assertThat(starts).as("with %d before", before).isEqualTo(ends);
      assertThat(entries).hasSizeBetween(Math.min(before, limit), limit + 1);
    }
  }
}
