package dev.postroom.search;

import dev.postroom.search.Segment.Extent;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where segments are kept: a row each, gone with their folder. */
@ApplicationScoped
class Segments {

  private final AgroalDataSource dataSource;

  Segments(AgroalDataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Ascending. */
  List<Extent> extents(long folderId) {
    var query =
        "select first_uid, last_uid, messages from search_segment where folder_id = ?"
            + " order by first_uid";
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(query)) {
      statement.setLong(1, folderId);
      var extents = new ArrayList<Extent>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          extents.add(new Extent(rows.getLong(1), rows.getLong(2), rows.getInt(3)));
        }
      }
      return extents;
    } catch (SQLException failed) {
      throw new SearchFailure(failed);
    }
  }

  Optional<byte[]> terms(long folderId, Extent extent) {
    return octets("terms", folderId, extent);
  }

  Optional<byte[]> postings(long folderId, Extent extent) {
    return octets("postings", folderId, extent);
  }

  private Optional<byte[]> octets(String column, long folderId, Extent extent) {
    var query =
        "select "
            + column
            + " from search_segment where folder_id = ? and first_uid = ?"
            + " and last_uid = ?";
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(query)) {
      statement.setLong(1, folderId);
      statement.setLong(2, extent.firstUid());
      statement.setLong(3, extent.lastUid());
      try (var rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
      }
    } catch (SQLException failed) {
      throw new SearchFailure(failed);
    }
  }

  /** Puts it in the place of those that begin within it, another node's of this moment, too. */
  void put(long folderId, Segment segment) {
    var extent = segment.extent();
    write(
        connection -> {
          delete(connection, folderId, extent);
          var replace =
              "replace into search_segment"
                  + " (folder_id, first_uid, last_uid, messages, terms, postings)"
                  + " values (?, ?, ?, ?, ?, ?)";
          try (var statement = connection.prepareStatement(replace)) {
            statement.setLong(1, folderId);
            statement.setLong(2, extent.firstUid());
            statement.setLong(3, extent.lastUid());
            statement.setInt(4, extent.messages());
            statement.setBytes(5, segment.terms());
            statement.setBytes(6, segment.postings());
            statement.executeUpdate();
          }
        });
  }

  void remove(long folderId, Extent extent) {
    write(connection -> delete(connection, folderId, extent));
  }

  private static void delete(Connection connection, long folderId, Extent extent)
      throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "delete from search_segment where folder_id = ? and first_uid between ? and ?")) {
      statement.setLong(1, folderId);
      statement.setLong(2, extent.firstUid());
      statement.setLong(3, extent.lastUid());
      statement.executeUpdate();
    }
  }

  @FunctionalInterface
  private interface Writing {
    void run(Connection connection) throws SQLException;
  }

  private void write(Writing writing) {
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              try (var connection = dataSource.getConnection()) {
                writing.run(connection);
              } catch (SQLException failed) {
                throw new SearchFailure(failed);
              }
            });
  }

  /**
   * Folders of which many messages are not in the index, or whose index is mostly of messages that
   * are gone.
   *
   * @param messages how many are many
   * @param first looks at the folders from that id
   * @param last to that one
   */
  List<Folder> lagging(int messages, long first, long last) {
    var query =
        """
        select f.mailbox_id, f.id
        from folder f
        left join (
          select folder_id, max(last_uid) as last_uid, sum(messages) as messages
          from search_segment where folder_id between ? and ?
          group by folder_id) s on s.folder_id = f.id
        where f.id between ? and ? and f.mailbox_id is not null
          and (s.messages > 2 * f.messages + ?
            or f.messages >= ? and f.uid_next - coalesce(s.last_uid, 0) > ?
              and ? <= (select count(*) from message m
                where m.folder_id = f.id and m.uid > coalesce(s.last_uid, 0)))""";
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(query)) {
      for (int i = 1; i <= 4; i += 2) {
        statement.setLong(i, first);
        statement.setLong(i + 1, last);
      }
      for (int i = 5; i <= 8; i++) {
        statement.setInt(i, messages);
      }
      var folders = new ArrayList<Folder>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          folders.add(new Folder(rows.getLong(1), rows.getLong(2)));
        }
      }
      return folders;
    } catch (SQLException failed) {
      throw new SearchFailure(failed);
    }
  }

  /** The highest id of a folder, or 0. */
  long lastFolder() {
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement("select coalesce(max(id), 0) from folder");
        var rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException failed) {
      throw new SearchFailure(failed);
    }
  }
}
