package dev.postroom.search;

import dev.postroom.message.BodyPart;
import dev.postroom.message.Headers;
import dev.postroom.message.MessageSummary;
import dev.postroom.message.SearchedTexts;
import dev.postroom.message.TextSearch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Some messages and a segment of them; the first has the UID 1. */
final class TestSegment {
  /** A message as a search without index sees it. */
  record Message(Headers header, BodyPart body, SearchedTexts.Source octets) {
    static Message of(byte[] octets) {
      try {
        var body = MessageSummary.scan(new ByteArrayInputStream(octets)).summary().body();
        return new Message(
            Headers.parse(octets),
            body,
            (offset, length) -> new ByteArrayInputStream(octets, (int) offset, (int) length));
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }

    boolean has(String text, boolean headerToo) throws IOException {
      var search = new TextSearch(text);
      return (headerToo && search.isIn(header)) || search.isIn(body, octets);
    }
  }

  final List<Message> messages = new ArrayList<>();
  Segment segment;

  TestSegment(List<byte[]> octets) throws IOException {
    octets.forEach(each -> messages.add(Message.of(each)));
    segment = build(1, messages);
  }

  static Segment build(long firstUid, List<Message> messages) throws IOException {
    var builder = new SegmentBuilder();
    long uid = firstUid;
    for (var each : messages) {
      MessageTerms.read(each.header(), each.body(), each.octets(), builder.message(uid++));
    }
    return builder.build(firstUid, uid - 1);
  }

  Answer answer(String text) throws DamagedException {
    return Answer.of(
        segment.extent(),
        SegmentTerms.open(segment.terms()),
        Needle.of(text),
        () -> SegmentPostings.open(segment.postings()));
  }
}
