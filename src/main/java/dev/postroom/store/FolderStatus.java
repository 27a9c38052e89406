package dev.postroom.store;

/** The counts that STATUS (RFC 3501 §6.3.10) asks for. */
public record FolderStatus(
    long messages,
    long unseen,
    long deleted,
    long octets,
    long uidNext,
    long uidValidity,
    long highestModSeq) {}
