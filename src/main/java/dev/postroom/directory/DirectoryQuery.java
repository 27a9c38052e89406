package dev.postroom.directory;

import io.quarkus.hibernate.orm.panache.Panache;
import jakarta.persistence.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.query.SelectionQuery;

/**
 * A question in HQL with its tenant's condition in it.
 *
 * @param <T> what each row becomes
 */
final class DirectoryQuery<T> {
  private final String select;
  private final String from;
  private final Function<Tuple, T> row;
  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> parameters = new HashMap<>();

  /**
   * @param from with {@code join fetch} for what a row needs, so that it is read by one query
   */
  DirectoryQuery(String select, String from, Visible visible, Function<Tuple, T> row) {
    this.select = select;
    this.from = from;
    this.row = row;
    conditions.add(visible.condition());
    parameters.putAll(visible.parameters());
  }

  DirectoryQuery<T> where(String condition, String name, Object value) {
    conditions.add(condition);
    parameters.put(name, value);
    return this;
  }

  /** Keeps rows where one of the texts contains what was typed; letters match in any case. */
  DirectoryQuery<T> search(String typed, String... texts) {
    if (typed.isBlank()) {
      return this;
    }
    var alternatives = new ArrayList<String>();
    for (var text : texts) {
      alternatives.add("lower(" + text + ") like :search escape '!'");
    }
    var literal = typed.strip().toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1");
    return where("(" + String.join(" or ", alternatives) + ")", "search", "%" + literal + "%");
  }

  Optional<T> one() {
    return query("select " + select + " from " + from + where(), Tuple.class)
        .getResultStream()
        .map(row)
        .findFirst();
  }

  /** One page, and how many there are in all: two queries, however long the page. */
  Listing<T> page(PageRequest request, String order) {
    long total =
        query("select count(*) from " + from.replace("join fetch", "join") + where(), Long.class)
            .getSingleResult();
    long offset = (request.page() - 1L) * request.pageSize();
    if (offset >= total) {
      return new Listing<>(List.of(), total, request.page(), request.pageSize());
    }
    var rows =
        query("select " + select + " from " + from + where() + " order by " + order, Tuple.class)
            .setFirstResult(Math.toIntExact(offset))
            .setMaxResults(request.pageSize())
            .getResultList();
    return new Listing<>(
        rows.stream().map(row).toList(), total, request.page(), request.pageSize());
  }

  private String where() {
    return " where " + String.join(" and ", conditions);
  }

  private <R> SelectionQuery<R> query(String hql, Class<R> type) {
    var query = Panache.getSession().createSelectionQuery(hql, type);
    parameters.forEach(query::setParameter);
    return query;
  }
}
