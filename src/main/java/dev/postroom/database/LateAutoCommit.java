package dev.postroom.database;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A connection that tells the server of auto-commit when the next statement is made, not before. A
 * pool switches it off for each transaction and on again after it: two exchanges with the server,
 * which are saved when the next user wants a transaction, too.
 *
 * <p>A statement is to be made and used under the same mode; the pool closes all that are open when
 * a connection comes back. For one thread at a time, as all connections.
 */
@RegisterForReflection(targets = Connection.class)
final class LateAutoCommit implements InvocationHandler {
  private final Connection connection;
  private boolean wanted;

  private LateAutoCommit(Connection connection) throws SQLException {
    this.connection = connection;
    this.wanted = connection.getAutoCommit();
  }

  static Connection of(Connection connection) throws SQLException {
    return (Connection)
        Proxy.newProxyInstance(
            LateAutoCommit.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new LateAutoCommit(connection));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    switch (method.getName()) {
      case "getAutoCommit" -> {
        return wanted;
      }
      case "setAutoCommit" -> {
        want(arguments != null && (boolean) arguments[0]);
        return null;
      }
      case "createStatement", "prepareStatement", "prepareCall", "setSavepoint", "getMetaData" ->
          settle();
      default -> {} // the same under both modes
    }
    try {
      return method.invoke(connection, arguments);
    } catch (InvocationTargetException failed) {
      throw failed.getCause();
    }
  }

  /** A change of the mode commits what is open; the driver asks the server only if there is. */
  private void want(boolean autoCommit) throws SQLException {
    if (wanted != autoCommit) {
      connection.commit();
      wanted = autoCommit;
    }
  }

  private void settle() throws SQLException {
    if (connection.getAutoCommit() != wanted) {
      connection.setAutoCommit(wanted);
    }
  }
}
