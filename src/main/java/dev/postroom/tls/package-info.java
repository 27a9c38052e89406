/**
 * Certificates and keys for the listeners: read from PEM files, chosen by SNI, reloaded without a
 * restart.
 */
@NullMarked
package dev.postroom.tls;

import org.jspecify.annotations.NullMarked;
