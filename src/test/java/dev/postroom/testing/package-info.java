/**
 * What tests stand on: the application over a real MariaDB ({@link
 * dev.postroom.testing.PostroomTest}), certificates, settings, and transcripts.
 *
 * <p>A transcript is a conversation in {@code src/test/resources/scripts/PROTOCOL/NAME.txt}; {@link
 * dev.postroom.testing.TranscriptSource} makes every file two test cases, in plain text and over
 * TLS. Its lines:
 *
 * <pre>
 * # a remark; the first says what is shown, with the RFC section
 * PLAIN ONLY             not run over implicit TLS (TLS ONLY: not in plain text)
 * C: text                sends the text and CRLF; ${name} is a variable
 * C~ text                sends octets as they stand: \r \n \t \\ \xHH
 * S: text                expects this line; ... stands for anything, &lt;&lt;regex&gt;&gt; for what it matches,
 *                        and &lt;&lt;(?&lt;uid&gt;\d+)&gt;&gt; keeps what it matched as ${uid}
 * S~ text                expects exactly these octets, written as for C~
 * S*                     passes over lines until the next one that is expected
 * TLS:                   the TLS handshake, after STARTTLS or STLS
 * DEFLATE:               from here on both directions are compressed, after COMPRESS
 * CLOSED                 expects that the server closes, with nothing unread
 * HANGUP                 the client goes away without a word
 * </pre>
 *
 * Several sessions are told apart by a number: {@code C1:}, {@code S2:}, {@code TLS1:}, {@code
 * CLOSED2}. A session connects when it is first named, and again when it is named after its end.
 */
package dev.postroom.testing;
