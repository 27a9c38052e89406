/**
 * The bench: Postroom and Postfix with Dovecot, set up side by side and loaded in turns. {@link
 * dev.postroom.bench.Bench} is the way in, run by {@code deploy/bench}. A {@link
 * dev.postroom.bench.Side} is one of the two servers with its database, a {@link
 * dev.postroom.bench.Work} is something to measure. Load comes from smtp-source, smtp-sink, postal
 * and wrk where they can do it. Every measurement is a row of a CSV file; the report is made from
 * that file alone.
 */
@NullMarked
package dev.postroom.bench;

import org.jspecify.annotations.NullMarked;
