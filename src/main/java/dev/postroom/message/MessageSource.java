package dev.postroom.message;

import java.io.IOException;
import java.io.InputStream;

/** The octets of a message, to be read from the first to the last, as often as need be. */
@FunctionalInterface
public interface MessageSource {
  InputStream open() throws IOException;
}
