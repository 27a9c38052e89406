/** Running it: health, first start, audit log, clean-up of what nothing refers to. */
@NullMarked
package dev.postroom.ops;

import org.jspecify.annotations.NullMarked;
