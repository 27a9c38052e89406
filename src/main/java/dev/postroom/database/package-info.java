/**
 * The connections of the pool: MariaDB's, with fewer exchanges.
 *
 * <p>Way in: {@link dev.postroom.database.LateAutoCommitDriver}, named in application.properties.
 * Knows nothing of what is asked of the database.
 */
@NullMarked
package dev.postroom.database;

import org.jspecify.annotations.NullMarked;
