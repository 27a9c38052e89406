package dev.postroom.panel;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.postroom.directory.Destinations;
import dev.postroom.directory.Domains;
import dev.postroom.directory.MailboxInfo;
import dev.postroom.directory.Mailboxes;
import dev.postroom.directory.PageRequest;
import dev.postroom.directory.Role;
import dev.postroom.directory.Suspension;
import dev.postroom.directory.Viewer;
import dev.postroom.store.MailStore;
import dev.postroom.store.Usage;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Looks for what somebody should see first. */
@ApplicationScoped
class Attention {
  private static final int SHOWN = 5;
  private static final long EVERYBODY = 0; // no account has that id
  private static final int MOST_ACCOUNTS = 1000;

  /**
   * @param tone {@code bad}, {@code warn} or {@code calm}
   * @param text a sentence
   * @param detail what to do
   */
  record Item(String tone, String text, String detail, String href, String action) {}

  private final Destinations destinations;
  private final Domains domains;
  private final Mailboxes mailboxes;
  private final MailStore store;
  private final PanelConfig config;
  private final LoadingCache<Long, List<Long>> fullest;

  Attention(
      Destinations destinations,
      Domains domains,
      Mailboxes mailboxes,
      MailStore store,
      PanelConfig config) {
    this.destinations = destinations;
    this.domains = domains;
    this.mailboxes = mailboxes;
    this.store = store;
    this.config = config;
    this.fullest =
        Caffeine.newBuilder()
            .maximumSize(MOST_ACCOUNTS)
            .expireAfterWrite(config.fullestEvery())
            .build(
                owner ->
                    store.fullest(owner == EVERYBODY ? null : owner, config.warnPercent(), SHOWN));
  }

  List<Item> items(
      Viewer.Person viewer, Suspension own, OverviewPages.Counts counts, SendingUse sending) {
    var items = new ArrayList<Item>();
    if (own.isActive()) {
      items.add(
          new Item(
              "bad",
              "Your account is suspended for %s.".formatted(SuspensionForm.words(own)),
              own.reason().isEmpty() ? "Please ask your provider." : own.reason(),
              "/account",
              "My account"));
    }
    unproven(viewer, items);
    paused(viewer, items);
    nearlyFull(viewer, items);
    limits(counts, items);
    sending(sending, items);
    waiting(counts.waiting(), items);
    return items;
  }

  private void unproven(Viewer.Person viewer, List<Item> items) {
    var listing = domains.unproven(viewer, PageRequest.first(SHOWN));
    for (var domain : listing.items()) {
      items.add(
          new Item(
              "warn",
              "%s takes no mail yet.".formatted(domain.name().unicode()),
              "Publish one DNS record to show that it is yours.",
              "/domains/" + domain.id(),
              "Confirm domain"));
    }
    if (listing.total() > SHOWN) {
      items.add(
          new Item(
              "warn",
              "%s more domains take no mail yet.".formatted(Words.number(listing.total() - SHOWN)),
              "They are marked in the list.",
              "/domains",
              "All domains"));
    }
  }

  private void paused(Viewer.Person viewer, List<Item> items) {
    for (var to : destinations.paused(viewer, PageRequest.first(SHOWN)).items()) {
      items.add(
          new Item(
              "warn",
              "Forwarding to %s is paused.".formatted(Words.address(to.address())),
              "Too many messages were refused there. Its forwarder shows why, and can resume.",
              "/forwarders",
              "See forwarders"));
    }
  }

  private void nearlyFull(Viewer.Person viewer, List<Item> items) {
    var ids = fullest.get(viewer.role() == Role.ADMINISTRATOR ? EVERYBODY : viewer.accountId());
    var usage = store.usage(ids);
    for (var id : ids) {
      var used = usage.getOrDefault(id, Usage.EMPTY);
      if (used.octets() > 0) { // neither emptied nor removed since then
        nearlyFull(mailboxes.find(viewer, id), used, items);
      }
    }
  }

  private void nearlyFull(MailboxInfo mailbox, Usage usage, List<Item> items) {
    var use = Use.ofOctets(usage.octets(), mailbox.quotaOctets());
    if (use.percent() >= config.warnPercent()) {
      items.add(
          new Item(
              use.tone().equals("bad") ? "bad" : "warn",
              "%s is %d%% full.".formatted(Words.address(mailbox.address()), use.percent()),
              "%s. When it is full, new mail is refused.".formatted(use.text()),
              "/mailboxes/" + mailbox.id(),
              "Raise the quota"));
    }
  }

  private static void waiting(long messages, List<Item> items) {
    if (messages > 0) {
      items.add(
          new Item(
              "calm",
              messages == 1
                  ? "1 message waits for another server."
                  : Words.number(messages) + " messages wait for other servers.",
              "They are tried again automatically. The queue shows what was answered.",
              "/queue",
              "See the queue"));
    }
  }

  private void sending(SendingUse sending, List<Item> items) {
    for (var meter : sending.meters()) {
      if (meter.use().percent() >= config.warnPercent()) {
        items.add(
            new Item(
                meter.use().tone().equals("bad") ? "bad" : "warn",
                "%s: %s sent.".formatted(meter.label(), meter.use().text()),
                "When the limit is reached, mail programs are asked to try again later.",
                sending.href(),
                "See the limits"));
      }
    }
  }

  private void limits(OverviewPages.Counts counts, List<Item> items) {
    limit(counts.domains(), "domains", items);
    limit(counts.mailboxes(), "mailboxes", items);
    limit(counts.forwarders(), "forwarders and groups", items);
    limit(counts.storage(), "storage", items);
  }

  private void limit(Use use, String what, List<Item> items) {
    if (use.isLimited() && use.percent() >= config.warnPercent()) {
      items.add(
          new Item(
              "warn",
              "Your plan's %s: %s in use.".formatted(what, use.text()),
              "Ask your provider for a larger plan if you need more.",
              "/account",
              "See my plan"));
    }
  }
}
