package dev.postroom.imap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.postroom.message.CaseMap;
import dev.postroom.message.Headers;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields that people search in, decoded and folded to one case, of the messages searched last.
 * Any thread.
 */
final class FieldTexts {
  private static final List<String> NAMES = List.of("FROM", "TO", "CC", "BCC", "SUBJECT");

  /** What an entry costs beside its characters. */
  private static final int OVERHEAD = 256;

  private final Cache<Long, Texts> known;

  FieldTexts(long maxOctets) {
    known =
        Caffeine.newBuilder()
            .maximumWeight(maxOctets)
            .weigher((Long _, Texts texts) -> OVERHEAD + texts.length())
            .build();
  }

  /** Of one message, each field of {@link #NAMES}; null where there is none. */
  static final class Texts {
    private final @Nullable String[] fields = new String[NAMES.size()];

    private Texts(Headers headers) {
      for (int i = 0; i < fields.length; i++) {
        var all = headers.all(NAMES.get(i));
        fields[i] =
            all.isEmpty()
                ? null
                : all.stream()
                    .map(field -> CaseMap.of(field.text()))
                    .collect(Collectors.joining("\n"));
      }
    }

    private int length() {
      int length = 0;
      for (var field : fields) {
        length += field == null ? 0 : field.length();
      }
      return length;
    }

    /**
     * @param folded without LF, which separates fields of the same name
     */
    boolean has(int field, String folded) {
      var text = fields[field];
      return text != null && text.contains(folded);
    }
  }

  /** Which of the fields it is; -1 for all others. */
  static int indexOf(String name) {
    return NAMES.indexOf(name.toUpperCase(Locale.ROOT));
  }

  /** From the headers where they are given; null when nothing is known of the content. */
  @Nullable Texts of(long contentId, @Nullable Headers headers) {
    var texts = known.getIfPresent(contentId);
    if (texts == null && headers != null) {
      texts = new Texts(headers);
      known.put(contentId, texts);
    }
    return texts;
  }
}
