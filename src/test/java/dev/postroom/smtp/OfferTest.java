package dev.postroom.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postroom.testing.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OfferTest {
  private static final List<String> PARAMETERS = List.of("RET", "ENVID", "NOTIFY", "ORCPT");

  private static Offer offer(Service service, String... settings) {
    return new Offer(service, true, Settings.of(SmtpConfig.class, settings));
  }

  @Test
  void strangersCannotHaveReportsSentToASenderTheyMadeUp() {
    var offer = offer(Service.RECEIVING);
    assertThat(offer.includes(Extension.DSN)).isFalse();
    assertThat(PARAMETERS).noneMatch(offer::knows);
  }

  @Test
  void aSettingLetsStrangersAskForReports() {
    var offer = offer(Service.RECEIVING, "postroom.smtp.dsn-for-strangers", "true");
    assertThat(offer.includes(Extension.DSN)).isTrue();
    assertThat(PARAMETERS).allMatch(offer::knows);
  }

  @ParameterizedTest
  @EnumSource(names = "RECEIVING", mode = EnumSource.Mode.EXCLUDE)
  void usersAndAServerInFrontMayAlwaysAskForReports(Service service) {
    assertThat(PARAMETERS).allMatch(offer(service)::knows);
  }
}
