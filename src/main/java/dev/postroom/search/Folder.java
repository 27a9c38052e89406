package dev.postroom.search;

/** A folder of a mailbox. */
public record Folder(long mailboxId, long id) {}
