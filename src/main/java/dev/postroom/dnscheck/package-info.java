/** Is a domain set up? Looks its records up and says what is published, missing or different. */
@NullMarked
package dev.postroom.dnscheck;

import org.jspecify.annotations.NullMarked;
