package dev.postroom.auth;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Argon2id by libsodium, where it is installed: the same hashes for a third of the CPU. A call
 * blocks its thread of the operating system.
 */
final class Sodium {
  private static final Logger LOG = Logger.getLogger(Sodium.class);
  private static final List<String> LIBRARIES = List.of("libsodium.so.26", "libsodium.so.23");

  // crypto_pwhash.h
  private static final int ARGON2ID_13 = 2;
  private static final int SALT_OCTETS = 16;
  private static final int LEAST_HASH_OCTETS = 16;
  private static final int LEAST_MEMORY_KIB = 8;
  private static final long KIB = 1024;

  private static final Optional<Sodium> INSTALLED = load();

  private final MethodHandle pwhash;

  private Sodium(MethodHandle pwhash) {
    this.pwhash = pwhash;
  }

  static Optional<Sodium> installed() {
    return INSTALLED;
  }

  private static Optional<Sodium> load() {
    for (var library : LIBRARIES) {
      try {
        var sodium = load(SymbolLookup.libraryLookup(library, Arena.global()));
        LOG.debugf("passwords are hashed by %s", library);
        return Optional.of(sodium);
      } catch (IllegalArgumentException _) {
        // there is no such library: the next one
      } catch (Throwable unusable) { // a native image that knows no such call, too
        LOG.warnf("%s cannot be used: %s", library, unusable);
      }
    }
    LOG.info("libsodium is not installed: hashes of passwords take about three times the CPU");
    return Optional.empty();
  }

  private static Sodium load(SymbolLookup library) throws Throwable {
    var linker = Linker.nativeLinker();
    var init =
        linker.downcallHandle(
            library.findOrThrow("sodium_init"), FunctionDescriptor.of(ValueLayout.JAVA_INT));
    if ((int) init.invokeExact() < 0) { // it picks the code for this processor
      throw new IllegalStateException("sodium_init failed");
    }
    return new Sodium(
        linker.downcallHandle(
            library.findOrThrow("crypto_pwhash"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS, // out
                ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS, // password
                ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS, // salt
                ValueLayout.JAVA_LONG, // passes
                ValueLayout.JAVA_LONG, // octets of memory
                ValueLayout.JAVA_INT)));
  }

  /** It knows one lane and salts of 16 octets, which is what our own hashes have. */
  boolean takes(Argon2 parameters, byte[] salt, int octets) {
    return parameters.parallelism() == 1
        && parameters.iterations() > 0
        && parameters.memoryKib() >= LEAST_MEMORY_KIB
        && salt.length == SALT_OCTETS
        && octets >= LEAST_HASH_OCTETS;
  }

  byte[] derive(Argon2 parameters, byte[] password, byte[] salt, int octets) {
    try (var arena = Arena.ofConfined()) {
      var secret = copy(arena, password);
      var derived = arena.allocate(octets);
      int failed =
          (int)
              pwhash.invokeExact(
                  derived,
                  derived.byteSize(),
                  secret,
                  (long) password.length,
                  copy(arena, salt),
                  (long) parameters.iterations(),
                  parameters.memoryKib() * KIB,
                  ARGON2ID_13);
      secret.fill((byte) 0);
      if (failed != 0) {
        throw new IllegalStateException("no memory for a hash of " + parameters);
      }
      return derived.toArray(ValueLayout.JAVA_BYTE);
    } catch (RuntimeException | Error ours) {
      throw ours;
    } catch (Throwable declaredOnly) {
      throw new IllegalStateException(declaredOnly);
    }
  }

  private static MemorySegment copy(Arena arena, byte[] octets) {
    var copy = arena.allocate(Math.max(1, octets.length));
    MemorySegment.copy(octets, 0, copy, ValueLayout.JAVA_BYTE, 0, octets.length);
    return copy;
  }
}
