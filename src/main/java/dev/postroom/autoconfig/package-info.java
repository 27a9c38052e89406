/**
 * Settings for mail programs that ask for them, by the address of their user.
 *
 * <p>Way in: {@link dev.postroom.autoconfig.MozillaAutoconfig}. What is answered is no secret: who
 * asks has not signed in.
 */
@NullMarked
package dev.postroom.autoconfig;

import org.jspecify.annotations.NullMarked;
