package dev.postroom.audit;

import dev.postroom.directory.Viewer;
import io.quarkus.arc.Arc;
import jakarta.enterprise.context.RequestScoped;
import java.net.InetAddress;

/** Where the request comes from that is being answered. Whoever lets it in says so. */
@RequestScoped
public class Origin {
  /**
   * @param credential label of the API token, or empty
   * @param address empty when there is none
   */
  record Place(Way way, String credential, String address) {}

  private Place place = new Place(Way.SERVER, "", "");

  public void is(Way way, String credential, InetAddress address) {
    place = new Place(way, credential, address.getHostAddress());
  }

  Place place() {
    return place;
  }

  /** Any thread; without a request it can be told from the one who acts. */
  static Place of(Viewer viewer) {
    var container = Arc.container();
    if (container != null && container.requestContext().isActive()) {
      var asked = container.instance(Origin.class).get().place();
      if (asked.way() != Way.SERVER) {
        return asked;
      }
    }
    return new Place(
        switch (viewer) {
          case Viewer.Server(), Viewer.Person _ -> Way.SERVER;
          case Viewer.MailboxUser _ -> Way.MAIL_PROGRAM;
        },
        "",
        "");
  }
}
