/**
 * Postroom, an electronic post office in one process.
 *
 * <p>Each package below is a capability; {@code docs/architecture.md} says which may use which.
 */
@NullMarked
package dev.postroom;

import org.jspecify.annotations.NullMarked;
