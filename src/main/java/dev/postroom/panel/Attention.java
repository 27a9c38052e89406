package dev.postroom.panel;

import dev.postroom.directory.Domains;
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

  /**
   * @param tone {@code bad}, {@code warn} or {@code calm}
   * @param text a sentence
   * @param detail what to do
   */
  record Item(String tone, String text, String detail, String href, String action) {}

  private final Domains domains;
  private final Mailboxes mailboxes;
  private final MailStore store;
  private final PanelConfig config;

  Attention(Domains domains, Mailboxes mailboxes, MailStore store, PanelConfig config) {
    this.domains = domains;
    this.mailboxes = mailboxes;
    this.store = store;
    this.config = config;
  }

  List<Item> items(Viewer.Person viewer, Suspension own, OverviewPages.Counts counts) {
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
    nearlyFull(viewer, items);
    limits(counts, items);
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

  private void nearlyFull(Viewer.Person viewer, List<Item> items) {
    var owner = viewer.role() == Role.ADMINISTRATOR ? null : (Long) viewer.accountId();
    var fullest = store.fullest(owner, config.warnPercent(), SHOWN);
    var usage = store.usage(fullest);
    for (var id : fullest) {
      var mailbox = mailboxes.find(viewer, id);
      var use = Use.ofOctets(usage.getOrDefault(id, Usage.EMPTY).octets(), mailbox.quotaOctets());
      items.add(
          new Item(
              use.tone().equals("bad") ? "bad" : "warn",
              "%s is %d%% full.".formatted(Words.address(mailbox.address()), use.percent()),
              "%s. When it is full, new mail is refused.".formatted(use.text()),
              "/mailboxes/" + id,
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

  private void limits(OverviewPages.Counts counts, List<Item> items) {
    limit(counts.domains(), "domains", items);
    limit(counts.mailboxes(), "mailboxes", items);
    limit(counts.forwarders(), "forwarders", items);
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
