/**
 * The provisioning API, JSON under {@code /api/v1}.
 *
 * <p>A bearer token becomes a {@link dev.postroom.directory.Viewer} in {@link
 * dev.postroom.api.TokenFilter}; resources call the same services as the panel. Whatever goes wrong
 * is answered as problem JSON (RFC 9457) by {@link dev.postroom.api.ProblemAnswers}. What JSON
 * looks like is said by the {@code ...Json} records and by nothing else.
 */
@NullMarked
package dev.postroom.api;

import org.jspecify.annotations.NullMarked;
