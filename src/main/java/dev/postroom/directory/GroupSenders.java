package dev.postroom.directory;

/** Who may send to a group. Users of this server are known by their login, not by what they say. */
public enum GroupSenders {
  /** The whole world. */
  ANYONE,
  /** Users of mailboxes in the group's own domain. */
  DOMAIN,
  /** Users of the mailboxes that are in the group. */
  MEMBERS
}
