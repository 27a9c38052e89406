package dev.postroom.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.james.mime4j.stream.ParserCursor;
import org.apache.james.mime4j.stream.RawBody;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.apache.james.mime4j.util.ContentUtil;
import org.apache.james.mime4j.util.MimeParameterMapping;
import org.jspecify.annotations.Nullable;

/**
 * What the MIME header fields of a part say (RFC 2045, RFC 2183), with the defaults of RFC 2045
 * §5.2 where they say nothing. Texts are octets as in the header.
 *
 * @param type lower case, as are {@code subtype} and {@code encoding}
 */
public record MimeFields(
    String type,
    String subtype,
    List<Parameter> parameters,
    @Nullable String id,
    @Nullable String description,
    String encoding,
    @Nullable String md5,
    @Nullable Disposition disposition,
    List<String> languages,
    @Nullable String location) {

  /** A parameter with its value as written: an RFC 2231 one keeps its asterisk. */
  public record Parameter(String name, String value) {}

  /** Content-Disposition (RFC 2183). */
  public record Disposition(String type, List<Parameter> parameters) {
    public Disposition {
      parameters = List.copyOf(parameters);
    }
  }

  private static final int MAX_PARAMETERS = 100;
  private static final String DEFAULT_ENCODING = "7bit";
  static final List<Parameter> US_ASCII = List.of(new Parameter("charset", "us-ascii"));

  public MimeFields {
    parameters = List.copyOf(parameters);
    languages = List.copyOf(languages);
  }

  /** What an entity without any field is. */
  static final MimeFields PLAIN_TEXT =
      new MimeFields(
          "text", "plain", US_ASCII, null, null, DEFAULT_ENCODING, null, null, List.of(), null);

  /**
   * @param inDigest whether the part stands in a multipart/digest (RFC 2046 §5.1.5)
   */
  static MimeFields of(Headers headers, boolean inDigest) {
    var contentType = headers.first("Content-Type").map(field -> split(field.octetText()));
    var type = contentType.map(RawBody::getValue).map(MimeFields::mediaType).orElse(List.of());
    boolean known = type.size() == 2;
    return new MimeFields(
        known ? type.getFirst() : inDigest ? "message" : "text",
        known ? type.getLast() : inDigest ? "rfc822" : "plain",
        known ? parameters(contentType.orElseThrow()) : inDigest ? List.of() : US_ASCII,
        text(headers, "Content-ID"),
        text(headers, "Content-Description"),
        encoding(headers),
        text(headers, "Content-MD5"),
        headers.first("Content-Disposition").flatMap(MimeFields::disposition).orElse(null),
        languages(headers),
        text(headers, "Content-Location"));
  }

  private static @Nullable String text(Headers headers, String name) {
    return headers.first(name).map(HeaderField::octetText).orElse(null);
  }

  private static RawBody split(String value) {
    // The parser reads UTF-8: so each octet comes back as the character of the same number.
    var octets = ContentUtil.encode(StandardCharsets.UTF_8, value);
    return RawFieldParser.DEFAULT.parseRawBody(octets, new ParserCursor(0, octets.length()));
  }

  private static List<String> mediaType(String value) {
    int slash = value.indexOf('/');
    if (slash < 0) {
      return List.of();
    }
    var type = value.substring(0, slash).strip().toLowerCase(Locale.ROOT);
    var subtype = value.substring(slash + 1).strip().toLowerCase(Locale.ROOT);
    return isToken(type) && isToken(subtype) ? List.of(type, subtype) : List.of();
  }

  /** RFC 2045 §5.1. */
  private static boolean isToken(String text) {
    return !text.isEmpty()
        && text.chars().allMatch(c -> c > ' ' && c < 127 && "()<>@,;:\\\"/[]?=".indexOf(c) < 0);
  }

  private static List<Parameter> parameters(RawBody body) {
    return body.getParams().stream()
        .filter(pair -> !pair.getName().isBlank())
        .limit(MAX_PARAMETERS)
        .map(
            pair ->
                new Parameter(
                    pair.getName().toLowerCase(Locale.ROOT),
                    pair.getValue() == null ? "" : pair.getValue()))
        .toList();
  }

  private static Optional<Disposition> disposition(HeaderField field) {
    var body = split(field.octetText());
    var type = body.getValue() == null ? "" : body.getValue().strip().toLowerCase(Locale.ROOT);
    return type.isEmpty() ? Optional.empty() : Optional.of(new Disposition(type, parameters(body)));
  }

  private static String encoding(Headers headers) {
    var value = headers.first("Content-Transfer-Encoding").map(field -> split(field.octetText()));
    var encoding = value.map(RawBody::getValue).orElse("").strip().toLowerCase(Locale.ROOT);
    return encoding.isEmpty() ? DEFAULT_ENCODING : encoding;
  }

  private static List<String> languages(Headers headers) {
    return headers.all("Content-Language").stream()
        .flatMap(field -> Arrays.stream(field.octetText().split(",", -1)))
        .map(String::strip)
        .filter(tag -> !tag.isEmpty())
        .limit(MAX_PARAMETERS)
        .toList();
  }

  boolean isMultipart() {
    return type.equals("multipart");
  }

  /** RFC 2046 §5.2.1. */
  boolean isMessage() {
    return type.equals("message") && subtype.equals("rfc822");
  }

  /** The value of a parameter, continuations joined and charsets decoded (RFC 2231). */
  public Optional<String> parameter(String name) {
    return decoded(parameters, name);
  }

  /** The file name that the part suggests, for people. */
  public Optional<String> fileName() {
    return Optional.ofNullable(disposition)
        .flatMap(given -> decoded(given.parameters(), "filename"))
        .or(() -> parameter("name"))
        .map(HeaderText::decodeOctets);
  }

  private static Optional<String> decoded(List<Parameter> parameters, String name) {
    for (var parameter : parameters) {
      if (parameter.name().equals(name)) {
        return Optional.of(parameter.value());
      }
    }
    var mapping = new MimeParameterMapping();
    parameters.stream()
        .filter(parameter -> parameter.name().startsWith(name + "*"))
        .forEach(parameter -> mapping.addParameter(parameter.name(), parameter.value()));
    try {
      return Optional.ofNullable(mapping.get(name));
    } catch (RuntimeException undecodable) {
      return Optional.empty();
    }
  }

  /** The same part shown as something else, where its own type cannot be followed. */
  MimeFields as(String otherType, String otherSubtype) {
    return new MimeFields(
        otherType,
        otherSubtype,
        parameters,
        id,
        description,
        encoding,
        md5,
        disposition,
        languages,
        location);
  }
}
