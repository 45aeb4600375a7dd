package io.evenkeel.proxy.affinity;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.Secret;
import io.evenkeel.config.StickyConfig;
import io.evenkeel.proxy.http.Heads;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StickyCookiesTest {

    private static final InetSocketAddress ENDPOINT = Endpoints.address(9001);
    private static final String SECRET = "sixteen octets !";

    private static StickyConfig config(String secret, Duration maxAge, boolean secure, StickyConfig.SameSite sameSite) {
        return new StickyConfig("session", new Secret(secret), maxAge, "/app", secure, sameSite);
    }

    private static StickyCookies cookies(String secret, String upstream) {
        return new StickyCookies(config(secret, Duration.ZERO, false, StickyConfig.SameSite.LAX), upstream);
    }

    private static boolean genuine(StickyCookies cookies, byte[] value) {
        return cookies.genuine(Heads.octets("<" + text(value) + ">"), 1, 1 + value.length);
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.ISO_8859_1);
    }

    @Test
    void whoHasTheSecretMakesTheSameCookie() {
        byte[] value = cookies(SECRET, "vvm").value(ENDPOINT);
        assertThat(cookies(SECRET, "vvm").value(ENDPOINT)).isEqualTo(value);
        assertThat(genuine(cookies(SECRET, "vvm"), value)).isTrue();
    }

    @Test
    void itIsBoundToSecretUpstreamAndEndpoint() {
        byte[] value = cookies(SECRET, "vvm").value(ENDPOINT);
        assertThat(genuine(cookies(SECRET + "x", "vvm"), value)).isFalse();
        assertThat(genuine(cookies(SECRET, "vvm2"), value)).isFalse();
        assertThat(cookies(SECRET, "vvm").value(Endpoints.address(9002))).isNotEqualTo(value);
        assertThat(cookies(SECRET, "vvm2").value(ENDPOINT)).isNotEqualTo(value);
    }

    @Test
    void aCookieWithOneBitChangedIsNotGenuine() {
        StickyCookies cookies = cookies(SECRET, "vvm");
        byte[] octets = Base64.getUrlDecoder().decode(cookies.value(ENDPOINT));
        for (int bit = 0; bit < octets.length * 8; bit++) {
            byte[] changed = octets.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(genuine(cookies, Base64.getUrlEncoder().withoutPadding().encode(changed)))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0s, false, LAX, '; Path=/app; HttpOnly; SameSite=Lax'",
        "0s, true, NONE, '; Path=/app; HttpOnly; Secure; SameSite=None'",
        "1h, false, STRICT, '; Path=/app; Max-Age=3600; HttpOnly; SameSite=Strict'",
        "0.001s, false, STRICT, '; Path=/app; Max-Age=1; HttpOnly; SameSite=Strict'"
    })
    void theLineSaysWhatTheConfigurationSays(
            String maxAge, boolean secure, StickyConfig.SameSite sameSite, String attributes) {
        StickyCookies cookies =
                new StickyCookies(config(SECRET, Duration.parse("PT" + maxAge), secure, sameSite), "vvm");
        byte[] value = {'x'};
        assertThat(text(cookies.fieldLine(value))).isEqualTo("Set-Cookie: session=x" + attributes + "\r\n");
    }
}
