package io.evenkeel.proxy.conformance;

import static io.evenkeel.proxy.conformance.Row.row;
import static io.evenkeel.proxy.conformance.Verdict.forwarded;
import static io.evenkeel.proxy.conformance.Verdict.forwardedUnchanged;
import static io.evenkeel.proxy.conformance.Verdict.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.testing.RawClient;
import io.evenkeel.proxy.testing.RouterFixture;
import java.io.IOException;
import java.util.BitSet;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Field lines: RFC 9112 §2.2, §5, RFC 9110 §5. */
final class FieldSyntaxTest {

    @RegisterExtension
    static final RouterFixture ROUTER = RouterFixture.plain();

    @ParameterizedTest(name = "{0}")
    @MethodSource({"lineEnds", "names", "folding", "values"})
    void fieldRow(Row row) {
        row.check(ROUTER);
    }

    @Test
    void everyOctetThatIsNoTokenCharacterInAFieldNameIsRefused() throws IOException {
        BitSet token = octets(c -> c < 0x7f && (Character.isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0));
        token.set(':'); // ends the name
        assertThat(accepted(c -> "GET / HTTP/1.1\r\nHost: a\r\nX" + c + "Y: z\r\n\r\n"))
                .isEqualTo(token);
    }

    @Test
    void everyControlCharacterButTabInAFieldValueIsRefused() throws IOException {
        BitSet text = octets(c -> c == '\t' || (c >= 0x20 && c != 0x7f));
        assertThat(accepted(c -> "GET / HTTP/1.1\r\nHost: a\r\nX: y" + c + "z\r\n\r\n"))
                .isEqualTo(text);
    }

    static Stream<Row> lineEnds() {
        String clause = "9112 §2.2: lines end with CRLF: ";
        return Stream.of(
                row(clause + "bare LF after the request line", "GET / HTTP/1.1\nHost: a\r\n\r\n", refused(400)),
                row(clause + "bare LF after a field", "GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n", refused(400)),
                row(clause + "bare LF as the empty line", "GET / HTTP/1.1\r\nHost: a\r\n\n\r\n\r\n", refused(400)),
                row(clause + "bare LF everywhere", "GET / HTTP/1.1\nHost: a\n\n\r\n\r\n", refused(400)),
                row(clause + "bare CR after the request line", "GET / HTTP/1.1\rHost: a\r\n\r\n", refused(400)),
                row(clause + "bare CR within a value", "GET / HTTP/1.1\r\nHost: a\r\nX: y\rZ: w\r\n\r\n", refused(400)),
                row(clause + "CR CR LF", "GET / HTTP/1.1\r\nHost: a\r\r\n\r\n", refused(400)),
                row(clause + "CR CR LF as the empty line", "GET / HTTP/1.1\r\nHost: a\r\n\r\r\n\r\n", refused(400)),
                row(clause + "a field begins with CR", "GET / HTTP/1.1\r\nHost: a\r\n\rX: y\r\n\r\n", refused(400)),
                row(clause + "LF CR", "GET / HTTP/1.1\r\nHost: a\n\rX: y\r\n\r\n", refused(400)));
    }

    static Stream<Row> names() {
        return Stream.of(
                        "Host : a",
                        "Host\t: a",
                        "Host: a\r\n: y",
                        "Host: a\r\nX",
                        "Host: a\r\nX y",
                        "Host: a\r\nX Y: z",
                        "Host: a\r\nContent-Length : 0",
                        "Host: a\r\nTransfer-Encoding : chunked",
                        "Host: a\r\nTransfer-Encoding\u0000: chunked",
                        "Host: a\r\n\u00e4: y",
                        "Host: a\r\n(X): y",
                        "Host: a\r\n\"X\": y",
                        "Host: a\r\nX\u000b: y",
                        "Host: a\r\nX\u00a0: y",
                        "\u0000Host: a")
                .map(fields -> row(
                        "9112 §5.1: a name is a token with no white space before the colon: " + fields,
                        "GET / HTTP/1.1\r\n" + fields + "\r\n\r\n",
                        refused(400)));
    }

    static Stream<Row> folding() {
        return Stream.of(
                        " Host: a",
                        "\tHost: a",
                        " \r\nHost: a",
                        "Host: a\r\n b",
                        "Host: a\r\nX: y\r\n z",
                        "Host: a\r\nX: y\r\n\tz",
                        "Host: a\r\nX:\r\n y",
                        "Host: a\r\nX: y\r\n ",
                        "Host: a\r\n Content-Length: 5",
                        "Host:\r\n a")
                .map(fields -> row(
                        "9112 §2.2, §5.2: white space at the beginning of a line is refused: " + fields,
                        "GET / HTTP/1.1\r\n" + fields + "\r\n\r\n",
                        refused(400)));
    }

    static Stream<Row> values() {
        String head = "GET / HTTP/1.1\r\nHost: a\r\n";
        return Stream.of(
                row("9110 §5.5: a value may be empty", head + "X:\r\nY: \r\n\r\n", forwardedUnchanged()),
                row("9110 §5.5: obs-text is opaque", head + "X: \u00e4\u00ff\u0080\r\n\r\n", forwardedUnchanged()),
                row("9110 §5.5: tabs and spaces within a value stay", head + "X: a \t b\r\n\r\n", forwardedUnchanged()),
                row(
                        "9112 §5.1: white space around a value may stay",
                        head + "X:\t  y \t\r\n\r\n",
                        forwardedUnchanged()),
                row("9112 §5.1: white space before a value is optional", head + "X:y\r\n\r\n", forwardedUnchanged()),
                row(
                        "9110 §5.3: order of equal names stays",
                        head + "X: 1\r\nY: 2\r\nx: 3\r\n\r\n",
                        forwardedUnchanged()),
                row(
                        "9110 §5.6.2: all token characters",
                        head + "!#$%&'*+-.^_`|~09azAZ: y\r\n\r\n",
                        forwardedUnchanged()),
                row(
                        "9110 §5.5: a value may hold colons and quotes",
                        head + "X: :\"\\\";:\r\n\r\n",
                        forwardedUnchanged()),
                row(
                        "9112 §2.2: at least one empty line before the request line is ignored",
                        "\r\n" + head + "\r\n",
                        forwarded(head + "\r\n")),
                row("9112 §2.2: a bare LF is no empty line", "\n" + head + "\r\n", refused(400)),
                row("9112 §2.2: a bare CR is no empty line", "\r" + head + "\r\n", refused(400)),
                row("9112 §2.2: white space is no empty line", " \r\n" + head + "\r\n", refused(400)));
    }

    /** The octets for which the request is answered with 200; all others have to be refused with 400. */
    private static BitSet accepted(Function<Character, String> request) throws IOException {
        BitSet accepted = new BitSet();
        for (int octet = 0; octet < 256; octet++) {
            try (RawClient client = ROUTER.client()) {
                int status = client.sendWhilePeerListens(request.apply((char) octet))
                        .read()
                        .status();
                assertThat(status).as("octet %02x", octet).isIn(200, 400);
                accepted.set(octet, status == 200);
            }
        }
        return accepted;
    }

    private static BitSet octets(IntPredicate predicate) {
        BitSet set = new BitSet();
        for (int octet = 0; octet < 256; octet++) {
            set.set(octet, predicate.test(octet));
        }
        return set;
    }
}
