package dev.postroom.directory;

/**
 * Whose a login is: what {@code auth} needs to know of a mailbox or an account.
 *
 * @param suspension all that applies, from the account down
 */
public record Identity(long id, Viewer viewer, Suspension suspension) {}
