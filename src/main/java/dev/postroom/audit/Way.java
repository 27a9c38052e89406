package dev.postroom.audit;

/** By which door somebody came. */
public enum Way {
  PANEL,
  API,
  /** The command line on the server itself. */
  CLI,
  /** IMAP. */
  MAIL_PROGRAM,
  /** Nobody came: Postroom acts by itself. */
  SERVER
}
