package dev.postroom.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The keywords of one folder: names and bits. A name keeps its bit for as long as a message has it;
 * when bits run out, those that no message has are given away. For one thread.
 */
final class Keywords {
  /** RFC 3501 §9 atom, in at most 64 octets. */
  private static final Pattern FORM = Pattern.compile("[!#$&'+-\\[^-z|}~]{1,64}");

  private final SortedMap<Integer, String> names = new TreeMap<>();
  private final Map<Long, Set<String>> decoded = new HashMap<>();

  static Keywords read(Connection connection, long folderId) throws SQLException {
    var keywords = new Keywords();
    Sql.of("select bit, name from folder_keyword where folder_id = ?", folderId)
        .forEach(connection, row -> keywords.put(row.getInt(1), row.getString(2)));
    return keywords;
  }

  void put(int bit, String name) {
    names.put(bit, name);
  }

  Collection<String> names() {
    return names.values();
  }

  SortedMap<Integer, String> byBit() {
    return names;
  }

  /** The names of bits, the same set for the same bits. */
  Set<String> decode(long bits) {
    return decoded.computeIfAbsent(bits, this::namesOf);
  }

  Set<String> namesOf(long bits) {
    var flags = new ArrayList<String>();
    FlagBits.SYSTEM_FLAGS.forEach(
        (flag, bit) -> {
          if ((bits & bit) != 0) {
            flags.add(flag);
          }
        });
    names.forEach(
        (number, name) -> {
          if ((bits & FlagBits.bit(number)) != 0) {
            flags.add(name);
          }
        });
    return Set.copyOf(flags);
  }

  /** The bits of flags; keywords that the folder does not know have none. */
  long encode(Collection<String> flags) {
    long bits = 0;
    for (var flag : flags) {
      bits |= FlagBits.isKeyword(flag) ? bitOf(flag) : FlagBits.system(flag);
    }
    return bits;
  }

  private long bitOf(String keyword) {
    return names.entrySet().stream()
        .filter(known -> known.getValue().equalsIgnoreCase(keyword))
        .mapToLong(known -> FlagBits.bit(known.getKey()))
        .findFirst()
        .orElse(0);
  }

  /** The bits of flags; keywords that the folder does not know are added to it. */
  long define(Connection connection, long folderId, Collection<String> flags) throws SQLException {
    var missing = missing(flags);
    if (free().size() < missing.size()) {
      dropUnused(connection, folderId, encode(flags), missing.size());
    }
    if (!missing.isEmpty()) {
      add(connection, folderId, missing);
    }
    return encode(flags);
  }

  private List<String> missing(Collection<String> flags) {
    var missing = new LinkedHashSet<String>();
    var seen = new LinkedHashSet<String>();
    for (var flag : flags) {
      if (!FlagBits.isKeyword(flag) || bitOf(flag) != 0) {
        continue;
      }
      if (!FORM.matcher(flag).matches()) {
        throw new StoreProblem(StoreProblem.Kind.CANNOT, "this cannot be a keyword");
      }
      if (seen.add(FlagBits.key(flag))) {
        missing.add(flag);
      }
    }
    return List.copyOf(missing);
  }

  private void add(Connection connection, long folderId, List<String> missing) throws SQLException {
    var free = free();
    var insert = Sql.of("insert into folder_keyword (folder_id, bit, name) values");
    for (int i = 0; i < missing.size(); i++) {
      insert.row(i == 0, folderId, free.get(i), missing.get(i));
      names.put(free.get(i), missing.get(i));
    }
    insert.update(connection);
    decoded.clear();
  }

  private List<Integer> free() {
    return IntStream.range(FlagBits.FIRST_KEYWORD, FlagBits.FIRST_KEYWORD + FlagBits.KEYWORDS)
        .boxed()
        .filter(bit -> !names.containsKey(bit))
        .toList();
  }

  private void dropUnused(Connection connection, long folderId, long aboutToBeUsed, int wanted)
      throws SQLException {
    long used =
        Sql.of("select bit_or(flags) | ? from message where folder_id = ?", aboutToBeUsed, folderId)
            .list(connection, row -> row.getLong(1))
            .getFirst();
    var unused = names.keySet().stream().filter(b -> (used & FlagBits.bit(b)) == 0).toList();
    if (free().size() + unused.size() < wanted) {
      throw new StoreProblem(
          StoreProblem.Kind.LIMIT, "a folder has at most " + FlagBits.KEYWORDS + " keywords");
    }
    Sql.of("delete from folder_keyword where folder_id = ? and bit in ", folderId)
        .in(unused)
        .update(connection);
    names.keySet().removeAll(unused);
  }
}
