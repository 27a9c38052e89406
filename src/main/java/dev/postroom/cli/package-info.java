/**
 * The command line: {@code postroom queue list} and the like.
 *
 * <p>Way in: {@link dev.postroom.cli.Main}. Commands speak HTTP to the running server's API and
 * start nothing of the application. On the server itself the file that the server wrote at its
 * start says where it is and lets them in.
 */
@NullMarked
package dev.postroom.cli;

import org.jspecify.annotations.NullMarked;
