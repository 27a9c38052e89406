/** What every page needs: the session, the form token, flash messages, error pages. */
@NullMarked
package dev.postroom.web;

import org.jspecify.annotations.NullMarked;
