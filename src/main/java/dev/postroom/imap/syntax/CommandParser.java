package dev.postroom.imap.syntax;

import dev.postroom.imap.syntax.AnyTimeCommand.Capability;
import dev.postroom.imap.syntax.AnyTimeCommand.Logout;
import dev.postroom.imap.syntax.AnyTimeCommand.Noop;
import dev.postroom.imap.syntax.AnyTimeCommand.Unknown;
import dev.postroom.imap.syntax.FolderCommand.Append;
import dev.postroom.imap.syntax.FolderCommand.Create;
import dev.postroom.imap.syntax.FolderCommand.Delete;
import dev.postroom.imap.syntax.FolderCommand.Enable;
import dev.postroom.imap.syntax.FolderCommand.Idle;
import dev.postroom.imap.syntax.FolderCommand.Lsub;
import dev.postroom.imap.syntax.FolderCommand.Namespace;
import dev.postroom.imap.syntax.FolderCommand.Rename;
import dev.postroom.imap.syntax.FolderCommand.Status;
import dev.postroom.imap.syntax.FolderCommand.Subscribe;
import dev.postroom.imap.syntax.FolderCommand.Unsubscribe;
import dev.postroom.imap.syntax.LoginCommand.Authenticate;
import dev.postroom.imap.syntax.LoginCommand.Compress;
import dev.postroom.imap.syntax.LoginCommand.Login;
import dev.postroom.imap.syntax.LoginCommand.StartTls;
import dev.postroom.imap.syntax.LoginCommand.Unauthenticate;
import dev.postroom.imap.syntax.SelectedCommand.Check;
import dev.postroom.imap.syntax.SelectedCommand.Close;
import dev.postroom.imap.syntax.SelectedCommand.Copy;
import dev.postroom.imap.syntax.SelectedCommand.Expunge;
import dev.postroom.imap.syntax.SelectedCommand.Fetch;
import dev.postroom.imap.syntax.SelectedCommand.FlagChange;
import dev.postroom.imap.syntax.SelectedCommand.Move;
import dev.postroom.imap.syntax.SelectedCommand.Replace;
import dev.postroom.imap.syntax.SelectedCommand.SearchInUnknownCharset;
import dev.postroom.imap.syntax.SelectedCommand.Store;
import dev.postroom.imap.syntax.SelectedCommand.UidExpunge;
import dev.postroom.imap.syntax.SelectedCommand.Unselect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;

/** From the octets of a whole command, literals included, to what it means. */
public final class CommandParser {
  private static final int MAX_ID_FIELDS = 30; // RFC 2971 §3.3
  private static final int MAX_CAPABILITIES = 30;

  private final Tokens in;

  private CommandParser(Tokens in) {
    this.in = in;
  }

  /**
   * @param octets without the CRLF at its very end; a literal's announcement has its own
   */
  public static TaggedCommand parse(byte[] octets, TextForm form) throws ImapSyntaxException {
    var parser = new CommandParser(new Tokens(octets, form));
    var tag = parser.in.tag();
    parser.in.space();
    var command = parser.command(parser.in.keyword());
    if (!(command instanceof Unknown || command instanceof SearchInUnknownCharset)) {
      parser.in.end();
    }
    return new TaggedCommand(tag, command);
  }

  /** The tag of a command that may be malformed behind it; {@code *} when there is none. */
  public static String tagOf(byte[] octets) {
    try {
      return new Tokens(octets).tag();
    } catch (ImapSyntaxException noTag) {
      return "*";
    }
  }

  /**
   * APPEND or REPLACE up to its message: what has been read so far ends with the announcement of
   * the message's literal. Empty for any other command, and while other literals come.
   */
  public static Optional<TaggedCommand> appendHead(byte[] soFar, TextForm form) {
    try {
      var parser = new CommandParser(new Tokens(soFar, form));
      var tag = parser.in.tag();
      parser.in.space();
      return parser.messageCommand(false).map(command -> new TaggedCommand(tag, command));
    } catch (ImapSyntaxException malformed) {
      return Optional.empty(); // read on: the whole command will be refused
    }
  }

  /**
   * @param whole whether the command ends where the octets do
   */
  private Optional<ImapCommand> messageCommand(boolean whole) throws ImapSyntaxException {
    var verb = in.keyword();
    boolean uid = verb.equals("UID");
    if (uid) {
      in.space();
      verb = in.keyword();
    }
    return switch (verb) {
      case "APPEND" -> uid ? Optional.empty() : Optional.of(append(whole));
      case "REPLACE" -> Optional.of(replace(uid, whole));
      default -> Optional.empty();
    };
  }

  private Append append(boolean whole) throws ImapSyntaxException {
    var folder = folder();
    return new Append(folder, message(whole));
  }

  private Replace replace(boolean uid, boolean whole) throws ImapSyntaxException {
    in.space();
    long number = in.nonZeroNumber();
    var folder = folder();
    return new Replace(uid, number, folder, message(whole));
  }

  private MessagePiece message(boolean whole) throws ImapSyntaxException {
    in.space();
    return whole
        ? MessageParser.last(in, MessagePiece.Place.MESSAGE)
        : MessageParser.parse(in, MessagePiece.Place.MESSAGE);
  }

  private ImapCommand command(String verb) throws ImapSyntaxException {
    return switch (verb) {
      case "CAPABILITY" -> new Capability();
      case "NOOP" -> new Noop();
      case "LOGOUT" -> new Logout();
      case "ID" -> id();
      case "STARTTLS" -> new StartTls();
      case "LOGIN" -> new Login(text(), text());
      case "AUTHENTICATE" -> authenticate();
      case "COMPRESS" -> compress();
      case "UNAUTHENTICATE" -> new Unauthenticate();
      case "ENABLE" -> enable();
      case "SELECT" -> ModifierParser.select(in, folder(), false);
      case "EXAMINE" -> ModifierParser.select(in, folder(), true);
      case "CREATE" -> create();
      case "DELETE" -> new Delete(folder());
      case "RENAME" -> new Rename(folder(), folder());
      case "SUBSCRIBE" -> new Subscribe(folder());
      case "UNSUBSCRIBE" -> new Unsubscribe(folder());
      case "LIST" -> ListParser.parse(in);
      case "LSUB" -> lsub();
      case "STATUS" -> status();
      case "NAMESPACE" -> new Namespace();
      case "GETQUOTA",
          "GETQUOTAROOT",
          "SETQUOTA",
          "GETMETADATA",
          "SETMETADATA",
          "SETACL",
          "DELETEACL",
          "GETACL",
          "LISTRIGHTS",
          "MYRIGHTS" ->
          PropertyParser.parse(verb, in);
      case "APPEND" -> append(true);
      case "REPLACE" -> replace(false, true);
      case "NOTIFY" -> NotifyParser.parse(in);
      case "IDLE" -> new Idle();
      case "CHECK" -> new Check();
      case "CLOSE" -> new Close();
      case "UNSELECT" -> new Unselect();
      case "EXPUNGE" -> new Expunge();
      case "UID" -> uid();
      case "ESEARCH" -> FolderSearchParser.parse(in);
      case "SORT" -> SortParser.sort(in, false);
      case "THREAD" -> SortParser.thread(in, false);
      case "SEARCH", "FETCH", "STORE", "COPY", "MOVE" -> onMessages(verb, false);
      default -> new Unknown(verb);
    };
  }

  private ImapCommand uid() throws ImapSyntaxException {
    in.space();
    var verb = in.keyword();
    return switch (verb) {
      case "EXPUNGE" -> {
        in.space();
        yield new UidExpunge(SequenceSet.parse(in));
      }
      case "REPLACE" -> replace(true, true);
      case "SORT" -> SortParser.sort(in, true);
      case "THREAD" -> SortParser.thread(in, true);
      case "SEARCH", "FETCH", "STORE", "COPY", "MOVE" -> onMessages(verb, true);
      default -> new Unknown("UID " + verb);
    };
  }

  private SelectedCommand onMessages(String verb, boolean uid) throws ImapSyntaxException {
    if (verb.equals("SEARCH")) {
      return SearchParser.parse(in, uid);
    }
    in.space();
    var messages = SequenceSet.parse(in);
    return switch (verb) {
      case "FETCH" -> {
        in.space();
        yield new Fetch(uid, messages, FetchParser.parse(in), ModifierParser.fetch(in, uid));
      }
      case "STORE" -> store(uid, messages);
      case "COPY" -> new Copy(uid, messages, folder());
      default -> new Move(uid, messages, folder());
    };
  }

  private Store store(boolean uid, SequenceSet messages) throws ImapSyntaxException {
    in.space();
    var unchangedSince = ModifierParser.store(in);
    var change =
        in.skip('+') ? FlagChange.ADD : in.skip('-') ? FlagChange.REMOVE : FlagChange.REPLACE;
    var item = in.name();
    boolean silent = item.equals("FLAGS.SILENT");
    if (!silent && !item.equals("FLAGS")) {
      throw new ImapSyntaxException("STORE changes FLAGS, not " + item);
    }
    in.space();
    return new Store(uid, messages, unchangedSince, change, silent, FlagParser.listOrFlags(in));
  }

  private AnyTimeCommand.Id id() throws ImapSyntaxException {
    in.space();
    var about = new LinkedHashMap<String, String>();
    if (!in.skip('(')) {
      in.stringOrNil();
      return new AnyTimeCommand.Id(about);
    }
    while (!in.skip(')')) {
      var name = in.string();
      in.space();
      about.put(name, in.stringOrNil());
      if (about.size() > MAX_ID_FIELDS) {
        throw new ImapSyntaxException("ID has at most " + MAX_ID_FIELDS + " fields");
      }
      in.skip(' ');
    }
    return new AnyTimeCommand.Id(about);
  }

  private Authenticate authenticate() throws ImapSyntaxException {
    in.space();
    var mechanism = in.keyword();
    return new Authenticate(mechanism, in.skip(' ') ? in.base64() : null);
  }

  private Compress compress() throws ImapSyntaxException {
    in.space();
    return new Compress(in.atom());
  }

  private Enable enable() throws ImapSyntaxException {
    var capabilities = new ArrayList<String>();
    do {
      in.space();
      capabilities.add(in.keyword());
    } while (in.peek() == ' ' && capabilities.size() < MAX_CAPABILITIES);
    return new Enable(capabilities);
  }

  private Create create() throws ImapSyntaxException {
    var folder = folder();
    var uses = new ArrayList<String>();
    if (in.skip(' ') && !in.atEnd()) {
      in.expect('(');
      if (!in.keyword().equals("USE")) {
        throw new ImapSyntaxException("CREATE knows only the parameter USE");
      }
      in.space();
      in.expect('(');
      do {
        in.expect('\\');
        uses.add("\\" + in.atom());
      } while (in.skip(' '));
      in.expect(')');
      in.expect(')');
    }
    return new Create(folder, uses);
  }

  private Lsub lsub() throws ImapSyntaxException {
    var reference = folder();
    in.space();
    return new Lsub(reference, in.folderPattern());
  }

  private Status status() throws ImapSyntaxException {
    var folder = folder();
    in.space();
    return new Status(folder, ListParser.statusItems(in));
  }

  private String folder() throws ImapSyntaxException {
    in.space();
    return in.folder();
  }

  private String text() throws ImapSyntaxException {
    in.space();
    return Tokens.utf8(in.astring());
  }
}
