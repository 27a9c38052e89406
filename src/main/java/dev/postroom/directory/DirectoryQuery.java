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

  /**
   * One page, and how many there are in all: three queries, however long the page. First the ids
   * are put in order, then the page's own rows are read whole: the database need not carry all
   * others through the sort, nor count what belongs to them.
   */
  Listing<T> page(PageRequest request, String order) {
    long total = count();
    long offset = (request.page() - 1L) * request.pageSize();
    var ids = offset >= total ? List.<Long>of() : ids(order, offset, request.pageSize());
    var rows = ids.isEmpty() ? List.<T>of() : rows(ids, order);
    return new Listing<>(rows, total, request.page(), request.pageSize());
  }

  long count() {
    return query("select count(*) from " + joined() + where(), Long.class).getSingleResult();
  }

  private List<Long> ids(String order, long offset, int max) {
    return query(
            "select " + id() + " from " + joined() + where() + " order by " + order, Long.class)
        .setFirstResult(Math.toIntExact(offset))
        .setMaxResults(max)
        .getResultList();
  }

  private List<T> rows(List<Long> ids, String order) {
    return rows(query(whole(id()) + " order by " + order, Tuple.class).setParameter("page", ids));
  }

  /**
   * One page of what lies in domains, in their order: two queries. The first counts what each
   * domain has, so that the second looks into those alone that the page shows.
   */
  Listing<T> pageByDomain(PageRequest request, String order) {
    var counts =
        query(
                "select domain.id, count(*) from "
                    + joined()
                    + where()
                    + " group by domain.id, domain.name order by domain.name",
                Tuple.class)
            .getResultList();
    long from = (request.page() - 1L) * request.pageSize();
    var shown = new ArrayList<Long>();
    long before = 0; // items of the domains before the first one shown
    long total = 0;
    for (var count : counts) {
      long items = count.get(1, Long.class);
      if (total + items <= from) {
        before += items;
      } else if (total < from + request.pageSize()) {
        shown.add(count.get(0, Long.class));
      }
      total += items;
    }
    var items =
        shown.isEmpty()
            ? List.<T>of()
            : rows(
                query(whole("domain.id") + " order by domain.name, " + order, Tuple.class)
                    .setParameter("page", shown)
                    .setFirstResult(Math.toIntExact(from - before))
                    .setMaxResults(request.pageSize()));
    return new Listing<>(items, total, request.page(), request.pageSize());
  }

  /** What belongs to the page, as {@code select} wants it. */
  private String whole(String in) {
    return "select " + select + " from " + from + where() + " and " + in + " in :page";
  }

  private List<T> rows(SelectionQuery<Tuple> query) {
    return query.getResultStream().map(row).toList();
  }

  private String joined() {
    return from.replace("join fetch", "join");
  }

  /** Of the entity that is asked for: the first one, by its name in the query. */
  private String id() {
    return from.split(" ", 3)[1] + ".id";
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
