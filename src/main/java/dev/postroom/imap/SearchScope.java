package dev.postroom.imap;

import dev.postroom.search.Findings;
import java.time.Instant;
import java.util.function.Function;

/**
 * Where and when a search looks.
 *
 * @param index what is known of a text in the folder
 */
record SearchScope(SelectedFolder folder, Instant now, Function<String, Findings> index) {}
