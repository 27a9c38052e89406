package dev.postroom.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command that the others belong to, and what all of them can be told. */
@Command(
    name = "postroom",
    description = "Looks after a Postroom server that runs.",
    subcommands = {StatusCommand.class, QueueCommand.class, AuditCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:it was done",
      "1:the server refused it, or there is no such thing",
      "2:the command was not understood",
      "3:the server cannot be reached"
    },
    footer = {
      "",
      "On the server itself no token is needed: the file that the server writes at its start lets"
          + " in whoever can read it. Elsewhere POSTROOM_URL and POSTROOM_TOKEN, or --url and"
          + " --token."
    })
final class PostroomCommand implements Runnable {
  static final int REFUSED = 1;
  static final int UNREACHABLE = 3;

  @Option(
      names = "--url",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description = "The server, as in https://mail.example.org.")
  @Nullable String url = System.getenv("POSTROOM_URL");

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      scope = ScopeType.INHERIT,
      description = "An API token; better in POSTROOM_TOKEN, where nobody else sees it.")
  @Nullable String token = System.getenv("POSTROOM_TOKEN");

  @Option(
      names = "--access",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "The file that the server wrote: its setting postroom.api.local-access. Default:"
              + " POSTROOM_ACCESS, or data/cli.json.")
  Path access = Path.of(orElse(System.getenv("POSTROOM_ACCESS"), "data/cli.json"));

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Prints the server's answer as it is.")
  boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows this.")
  boolean help;

  @Spec CommandSpec spec = CommandSpec.create();

  private static String orElse(@Nullable String value, String otherwise) {
    return value == null ? otherwise : value;
  }

  Api api() {
    return Api.of(url, token, access);
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Say what is to be done.");
  }

  static int run(String... arguments) {
    return commandLine().execute(arguments);
  }

  static CommandLine commandLine() {
    return new CommandLine(new PostroomCommand())
        .setExecutionExceptionHandler(
            (failed, command, _) -> {
              if (failed instanceof ApiFailure failure) {
                command.getErr().println(Table.plain(String.valueOf(failure.getMessage())));
                return failure.exitCode();
              }
              throw failed;
            });
  }
}
