package dev.postroom.bench;

import java.util.List;

/** All that can be measured, in the order of the report. */
final class Works {
  private Works() {}

  static List<Work> all() {
    return List.of(
        new DeliveryWork(),
        new FanOutWork(),
        new RelayWork(),
        new ImapWork(),
        new IdleWork(),
        new Pop3Work(),
        new LoginWork(),
        new WebWork(),
        new StartWork(),
        new GrowthWork());
  }

  static List<Work> named(List<String> names) {
    var known = all().stream().map(Work::name).toList();
    for (var name : names) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException("no such work: " + name + "; there are " + known);
      }
    }
    return all().stream().filter(it -> names.isEmpty() || names.contains(it.name())).toList();
  }
}
