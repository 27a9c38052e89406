/**
 * Who and what lives here: accounts, plans, domains, mailboxes, forwarders.
 *
 * <p>Every service method takes a {@link dev.postroom.directory.Viewer} first; rights and limits
 * are checked here and nowhere else. Services answer with records, entities do not leave the
 * package.
 */
@NullMarked
package dev.postroom.directory;

import org.jspecify.annotations.NullMarked;
