package dev.postroom.directory;

/** What an account may see and do. */
public enum Role {
  /** Everything. */
  ADMINISTRATOR,
  /** Its own customers and their domains. */
  RESELLER,
  /** Its own domains. */
  CUSTOMER
}
