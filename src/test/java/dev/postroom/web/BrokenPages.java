package dev.postroom.web;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.sql.SQLNonTransientConnectionException;

/** Pages that fail, for tests of what is shown then. */
@Path("/test-broken")
@PageErrors
@RunOnVirtualThread
public class BrokenPages {
  @GET
  @Path("bug")
  public String bug() {
    throw new IllegalStateException("the secret reason");
  }

  @GET
  @Path("database")
  public String database() {
    throw new IllegalStateException(new SQLNonTransientConnectionException("gone", "08000"));
  }
}
