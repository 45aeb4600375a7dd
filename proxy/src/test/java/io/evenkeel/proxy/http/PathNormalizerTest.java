package io.evenkeel.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathNormalizerTest {

    private static final int CASES = 100_000;
    private static final String[] PIECES = {
        "/", "/", "/", ".", "..", "%2e", "%2E", "a", "b.", ".c", "%2F", "%2f", "%5c", "\\", "%41", "%00", "%", ";",
        "...", "%252e"
    };

    private final RequestTarget target = new RequestTarget();

    /** Path and query after normalisation, or the word "refused". */
    private String normalize(String text) {
        byte[] bytes = Heads.octets("GET " + text);
        int question = text.indexOf('?');
        target.reset(4, bytes.length);
        int query = question < 0 ? bytes.length : 4 + question;
        if (!PathNormalizer.normalize(target, bytes, 4, query)) {
            return "refused";
        }
        String path = Heads.text(target.pathBytes(), target.pathStart(), target.pathEnd());
        return path + Heads.text(target.pathBytes(), target.pathEnd(), target.queryEnd());
    }

    /** RFC 3986 §5.2.4, §6.2.2.2, §6.2.2.3. */
    @ParameterizedTest
    @CsvSource({
        "/,              /",
        "/a/b,           /a/b",
        "/a/b/,          /a/b/",
        "/.,             /",
        "/./,            /",
        "/a/.,           /a/",
        "/a/./b,         /a/b",
        "/a/..,          /",
        "/a/../,         /",
        "/a/../b,        /b",
        "/a/b/..,        /a/",
        "/a/b/../..,     /",
        "/a/b/../../c,   /c",
        "/a//..,         /a/",
        "/a//../b,       /a/b",
        "//../a,         /a",
        "/a/%2e%2E/b,    /b",
        "/a/.%2e/b,      /b",
        "/a/%2e./b,      /b",
        "/a/%2e/b,       /a/b",
        "/a/%2e,         /a/",
        "/...,           /...",
        "/a..b/.c/d.,    /a..b/.c/d.",
        "/%2e%2e%2e,     /%2e%2e%2e",
        "/a%2Fb,         /a%2Fb",
        "/a%5Cb,         /a%5Cb",
        "/a\\b,          /a\\b",
        "/%41%7e,        /%41%7e",
        "/%252e%252e/a,  /%252e%252e/a",
        "/a/../b?/../%,  /b?/../%",
        "/a/..?q,        /?q",
        "/..a/b,         /..a/b",
    })
    void dotSegmentsAreRemovedAndNothingElse(String path, String expected) {
        assertThat(normalize(path)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/..",
                "/../a",
                "/a/../..",
                "/a/../../b",
                "/%2e%2e",
                "/.%2E/a",
                "/a%2F..",
                "/a%2f..%2fb",
                "/..%2Fa",
                "/a/..%2f",
                "/.%2fa",
                "/a%2F.",
                "/a/..\\b",
                "/a\\..",
                "/a\\..\\b",
                "/a%5c%2e%2e%5Cb",
                "/a\\.\\b",
                "/..%5c",
                "/a%00",
                "/%00",
                "/%",
                "/%2",
                "/%g0",
                "/%0g",
                "/a%/b",
                "/a%2/b",
                "/%u002e"
            })
    void whatSomebodyCouldReadDifferentlyIsRefused(String path) {
        assertThat(normalize(path)).isEqualTo("refused");
    }

    @Test
    void aNormalPathIsNormalAndClimbsNowhere() {
        Random random = new Random(5);
        int normal = 0;
        for (int i = 0; i < CASES; i++) {
            StringBuilder path = new StringBuilder("/");
            for (int left = random.nextInt(10); left > 0; left--) {
                path.append(PIECES[random.nextInt(PIECES.length)]);
            }
            String once = normalize(path.toString());
            if (!once.equals("refused")) {
                normal++;
                assertThat(normalize(once)).as("%s", path).isEqualTo(once);
                assertThat(decoded(once)).as("%s", path).startsWith("/").doesNotContain("/../", "/./", "\0");
            }
        }
        assertThat(normal).isGreaterThan(CASES / 10);
    }

    /** As the most generous server would read it. */
    private static String decoded(String path) {
        return path.replace("%2e", ".").replace("%2E", ".").replaceAll("(?i)%2f|%5c|\\\\", "/") + "/";
    }
}
