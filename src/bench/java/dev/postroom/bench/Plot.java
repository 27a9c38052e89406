package dev.postroom.bench;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** A bar for each side in each case, as SVG. */
record Plot(
    String name, String work, String title, String unit, String metric, List<String> variants) {
  private static final int LABEL = 150;
  private static final int BARS = 480;
  private static final int BAR = 13;
  private static final int GROUP = 36;
  private static final int TOP = 52;
  private static final int VALUE = 80;

  /** Those of which there is something to show. */
  static List<Plot> all(Summary summary) {
    return Stream.of(
            new Plot(
                "delivery",
                "delivery",
                "Delivery until readable",
                "messages a second",
                "rate_per_s",
                List.of("4k-1", "4k-10", "4k-50", "64k-1", "64k-10", "64k-50")),
            new Plot(
                "delivery-cpu",
                "delivery",
                "CPU time of delivery",
                "CPU seconds for 1,000 messages, database included",
                "cpu_s_per_1000",
                List.of("4k-1", "4k-10", "4k-50", "64k-1", "64k-10", "64k-50")),
            new Plot(
                "relay",
                "relay",
                "Relay until the next hop has all",
                "messages a second",
                "rate_per_s",
                List.of("4k-10", "4k-50")),
            new Plot(
                "imap",
                "imap",
                "A folder of 10,000 messages",
                "seconds",
                "wall_s",
                List.of(
                    "list-first",
                    "list-cold",
                    "list-warm",
                    "bodies-cold",
                    "bodies-warm",
                    "search-text-cold",
                    "search-text-warm",
                    "search-from-warm")),
            new Plot(
                "imap-changes",
                "imap",
                "Changes over IMAP",
                "a second",
                "rate_per_s",
                List.of("append-1", "append-10", "store-each", "mixed-50")))
        .filter(plot -> plot.max(summary) > 0)
        .toList();
  }

  String svg(Summary summary) {
    var text = new StringBuilder();
    int height = TOP + GROUP * variants.size() + 10;
    text.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" \
        font-family="sans-serif" font-size="12">
        <rect width="100%%" height="100%%" fill="#fff"/>
        <text x="10" y="20" font-size="15" font-weight="bold">%3$s</text>
        <text x="10" y="38" fill="#555">%4$s</text>
        <text x="%5$d" y="38"><tspan fill="#b0711a">&#9632; Postfix and Dovecot</tspan> \
        <tspan fill="#1f6f8b">&#9632; Postroom</tspan></text>
        """
            .formatted(LABEL + BARS + VALUE, height, title, unit, LABEL + BARS - 210));
    int y = TOP;
    for (var variant : variants) {
      text.append(
          "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n"
              .formatted(LABEL - 8, y + BAR + 4, variant));
      text.append(bar(summary, variant, "peer", "#d99a3d", y));
      text.append(bar(summary, variant, "postroom", "#1f6f8b", y + BAR + 1));
      y += GROUP;
    }
    return text.append("</svg>\n").toString();
  }

  private String bar(Summary summary, String variant, String side, String colour, int y) {
    var value = figure(summary, variant, side);
    if (value.isEmpty()) {
      return "";
    }
    long width = Math.round(BARS * value.getAsDouble() / max(summary));
    return """
    <rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>
    <text x="%d" y="%d">%s</text>
    """
        .formatted(
            LABEL,
            y,
            Math.max(1, width),
            BAR,
            colour,
            LABEL + width + 5,
            y + BAR - 2,
            Report.number(value.getAsDouble()));
  }

  private double max(Summary summary) {
    return variants.stream()
        .flatMap(it -> Stream.of(figure(summary, it, "peer"), figure(summary, it, "postroom")))
        .mapToDouble(it -> it.orElse(0))
        .max()
        .orElse(0);
  }

  private OptionalDouble figure(Summary summary, String variant, String side) {
    return summary.figure(work, variant, side, metric);
  }
}
