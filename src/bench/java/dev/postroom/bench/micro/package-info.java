/**
 * Benchmarks of parsers and hot paths, one class for each package measured; run by {@code mvn
 * -Pbench test}. Those that need what only a package sees stand in that package.
 */
@NullMarked
package dev.postroom.bench.micro;

import org.jspecify.annotations.NullMarked;
