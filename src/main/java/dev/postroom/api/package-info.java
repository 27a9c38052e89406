/** The provisioning API, JSON under {@code /api/v1}. */
@NullMarked
package dev.postroom.api;

import org.jspecify.annotations.NullMarked;
