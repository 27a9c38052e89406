package dev.postroom.autoconfig;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import dev.postroom.directory.DomainInfo;
import dev.postroom.testing.Fixtures;
import dev.postroom.testing.PostroomTest;
import io.restassured.path.xml.XmlPath;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@PostroomTest
class MozillaAutoconfigTest {
  private static final String OF_HOST = "/mail/config-v1.1.xml";
  private static final String WELL_KNOWN = "/.well-known/autoconfig/mail/config-v1.1.xml";

  @Inject Fixtures fixtures;

  @Test
  void aProgramLearnsWhereMailOfADomainHereIs() {
    DomainInfo domain = fixtures.domain();
    var provider = ask(WELL_KNOWN, "ann@" + domain.name());

    assertThat(provider.getString("clientConfig.emailProvider.domain"))
        .isEqualTo(domain.name().toString());
    var first = "clientConfig.emailProvider.incomingServer[0].";
    assertThat(provider.getString(first + "@type")).isEqualTo("imap");
    assertThat(provider.getString(first + "port")).isEqualTo("993");
    assertThat(provider.getString(first + "socketType")).isEqualTo("SSL");
    assertThat(provider.getString(first + "username")).isEqualTo("%EMAILADDRESS%");
    assertThat(provider.getString("clientConfig.emailProvider.outgoingServer[0].port"))
        .isEqualTo("465");
  }

  @Test
  void theNameOfTheHostIsEnough() {
    var domain = fixtures.domain();
    for (var host : new String[] {"autoconfig." + domain.name(), domain.name() + ":8080"}) {
      given()
          .header("Host", host)
          .get(OF_HOST)
          .then()
          .statusCode(200)
          .body(containsString("<domain>" + domain.name() + "</domain>"));
    }
  }

  @Test
  void domainsElsewhereAndWhatIsNoAddressGetNothing() {
    for (var address : new String[] {"ann@elsewhere.test", "<script>", "", "@", "ann@"}) {
      given().queryParam("emailaddress", address).get(OF_HOST).then().statusCode(404);
    }
  }

  @Test
  void aProgramIsNeverSentToTheLogin() {
    given().redirects().follow(false).get("/.well-known/security.txt").then().statusCode(404);
  }

  private static XmlPath ask(String path, String address) {
    return given()
        .queryParam("emailaddress", address)
        .get(path)
        .then()
        .statusCode(200)
        .contentType(containsString("xml"))
        .extract()
        .xmlPath();
  }
}
