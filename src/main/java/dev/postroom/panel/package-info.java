/** The pages of hosting customers, resellers and administrators. */
@NullMarked
package dev.postroom.panel;

import org.jspecify.annotations.NullMarked;
