/** Who is this? Passwords, logins, throttling, SASL, API tokens. */
@NullMarked
package dev.postroom.auth;

import org.jspecify.annotations.NullMarked;
