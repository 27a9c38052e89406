package dev.postroom.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * Gives a parameterized test every transcript of a protocol as a {@link TranscriptRun}, once in
 * plain text and once over TLS.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ArgumentsSource(TranscriptSource.Provider.class)
public @interface TranscriptSource {
  /** The folder under {@code scripts}. */
  String value();

  /** Reads the files. */
  final class Provider implements ArgumentsProvider, AnnotationConsumer<TranscriptSource> {
    private String protocol = "";

    @Override
    public void accept(TranscriptSource source) {
      protocol = source.value();
    }

    @Override
    public Stream<? extends Arguments> provideArguments(
        ParameterDeclarations parameters, ExtensionContext context) {
      return Transcript.all(protocol).stream().flatMap(Provider::runs).map(Arguments::of);
    }

    private static Stream<TranscriptRun> runs(Transcript transcript) {
      return Stream.of(false, true)
          .filter(tls -> tls ? transcript.overTls() : transcript.inPlainText())
          .map(tls -> new TranscriptRun(transcript, tls));
    }
  }
}
