package dev.postroom.imap.syntax;

/** A command and the tag that its answer will bear. */
public record TaggedCommand(String tag, ImapCommand command) {}
