/**
 * What every page needs: the session, the form token, messages that survive a redirect, forms that
 * keep what was typed, error pages.
 *
 * <p>Way in: {@link dev.postroom.web.Pages} and {@link dev.postroom.web.SignedIn}. A class of pages
 * carries {@link dev.postroom.web.PageErrors}. Everything outside {@code /api/} needs a session,
 * and every form its token: {@link dev.postroom.web.SignInFilter} sees to both.
 */
@NullMarked
package dev.postroom.web;

import org.jspecify.annotations.NullMarked;
