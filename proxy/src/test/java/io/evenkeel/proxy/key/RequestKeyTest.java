package io.evenkeel.proxy.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.balancer.policy.LoadBalancer;
import io.evenkeel.config.HashKeyConfig;
import io.evenkeel.proxy.http.ClientAddress;
import io.evenkeel.proxy.http.Heads;
import io.evenkeel.proxy.http.RequestHead;
import io.evenkeel.proxy.telemetry.Allocations;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestKeyTest {

    private static final HashKeyConfig HEADER = new HashKeyConfig.Header("X-Tenant");
    private static final HashKeyConfig COOKIE = new HashKeyConfig.Cookie("session");
    private static final HashKeyConfig QUERY = new HashKeyConfig.Query("ws");
    private static final HashKeyConfig VVM = new HashKeyConfig.PathGroup(
            List.of("^/api/v2/apps/[^/]+/[^/]+/workspaces/(\\d+)/", "^/(?:api|blob)/[^/]+/[^/]+/(\\d+)(?:/|$)"));
    private static final ClientAddress CLIENT = client("192.0.2.7", false);

    /** As small as the platform allows; this is less. */
    private static final long SMALL_STACK_BYTES = 16 * 1024;

    private int aborted;

    static List<HashKeyConfig> kinds() {
        return List.of(HEADER, COOKIE, QUERY, VVM, new HashKeyConfig.ClientAddress(32, 64));
    }

    private static ClientAddress client(String address, boolean trusted) {
        try {
            return ClientAddress.of(InetAddress.getByName(address), trusted);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private RequestKey key(HashKeyConfig config) {
        return RequestKey.of(config, HashSeed.SHARED, () -> aborted++);
    }

    /** The key of a request without which {@code what} there is none. */
    private long key(HashKeyConfig config, String target, String fields) {
        String text = "GET " + target + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
        return key(config).of(Heads.request(text), CLIENT);
    }

    private static long hash(String value) {
        byte[] octets = value.getBytes(StandardCharsets.ISO_8859_1);
        return new KeyHash(HashSeed.SHARED).of(octets, 0, octets.length);
    }

    @ParameterizedTest
    @CsvSource({
        "X-Tenant: blue, blue",
        "x-tenant:  blue\t, blue",
        "X-Tenant: blue\\X-Tenant: red, blue",
        "X-Other: 1\\X-TENANT: a b, a b",
        "X-Tenants: blue, ",
        "X-Tenant:, "
    })
    void aFieldGivesTheValueOfItsFirstLine(String fields, String value) {
        assertKey(key(HEADER, "/", lines(fields)), value);
    }

    /** RFC 6265 §4.2.1, and what clients make of it. */
    @ParameterizedTest
    @CsvSource({
        "Cookie: session=abc, abc",
        "Cookie: a=b; session=abc, abc",
        "Cookie: a=b; session=abc; c=d, abc",
        "Cookie: a=b\\Cookie: session=abc, abc",
        "Cookie: a=b;session=abc;c=d, abc",
        "Cookie: ;;  session=abc ;, abc",
        "Cookie: session=abc; session=def, abc",
        "Cookie: session=a=b, a=b",
        "'Cookie: session=\"abc\"', '\"abc\"'",
        "Cookie: session; session=abc, abc",
        "Cookie: xsession=abc, ",
        "Cookie: sessions=abc, ",
        "Cookie: Session=abc, ",
        "Cookie: session, ",
        "Cookie: session=, ",
        "Cookie: a=session=abc, ",
        "Cookie:, ",
        "Set-Cookie: session=abc, "
    })
    void aCookieGivesTheValueOfTheFirstOfItsName(String fields, String value) {
        assertKey(key(COOKIE, "/", lines(fields)), value);
    }

    @ParameterizedTest
    @CsvSource({
        "/?ws=1, 1",
        "/x?a=b&ws=1&c, 1",
        "/x?ws=%31, %31",
        "/x?ws=1&ws=2, 1",
        "/x?ws=a=b, a=b",
        "/x/../y?ws=1, 1",
        "http://a?ws=1, 1",
        "/x?aws=1, ",
        "/x?ws, ",
        "/x?ws=, ",
        "/ws=1, ",
        "/?, ",
        "/, "
    })
    void aParameterGivesItsOctets(String target, String value) {
        assertKey(key(QUERY, target, ""), value);
    }

    /** The paths of VVM. */
    @ParameterizedTest
    @CsvSource({
        "/api/v2/apps/untill/fiscal/workspaces/140737488486400/docs/x, 140737488486400",
        "/api/v2/apps/untill/fiscal/workspaces/140737488486400/, 140737488486400",
        "/api/v2/apps/untill/fiscal/./workspaces/17/docs?x=/workspaces/18/, 17",
        "/api/untill/fiscal/17/q.sys.Collection, 17",
        "/blob/untill/fiscal/17, 17",
        "/blob/untill/fiscal/17/18, 17",
        "/api/v2/apps/untill/fiscal/workspaces/140737488486400, ",
        "/api/v2/apps/untill/fiscal/workspaces/x/, ",
        "/api/v2/apps/untill/17, ",
        "/static/api/untill/fiscal/17, ",
        "/api/check, ",
        "/, "
    })
    void aPathGroupGivesWhatItCaptures(String target, String value) {
        assertKey(key(VVM, target, ""), value);
    }

    @ParameterizedTest
    @CsvSource({
        // what the peer is, whether it is trusted, X-Forwarded-For, the address that counts
        "192.0.2.7, false, '', 192.0.2.7",
        "192.0.2.7, false, 198.51.100.1, 192.0.2.7",
        "192.0.2.7, true, 198.51.100.1, 198.51.100.1",
        "192.0.2.7, true, '203.0.113.1, 198.51.100.1', 198.51.100.1",
        "192.0.2.7, true, '203.0.113.1,198.51.100.1 ', 198.51.100.1",
        "192.0.2.7, true, 2001:db8::1, 2001:db8::1",
        "192.0.2.7, true, ::ffff:198.51.100.1, 198.51.100.1",
        "192.0.2.7, true, unknown, 192.0.2.7",
        "192.0.2.7, true, '198.51.100.1,', 192.0.2.7",
        "192.0.2.7, true, '', 192.0.2.7"
    })
    void theClientIsWhoATrustedProxyNamesLast(String peer, boolean trusted, String said, String counts) {
        RequestKey key = key(new HashKeyConfig.ClientAddress(32, 128));
        String field = said.isEmpty() ? "" : "X-Forwarded-For: " + said + "\r\n";
        RequestHead head = Heads.request("GET / HTTP/1.1\r\nHost: a\r\n" + field + "\r\n");
        RequestHead bare = Heads.request("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(key.of(head, client(peer, trusted))).isEqualTo(key.of(bare, client(counts, false)));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.200, 24, 64, true",
        "192.0.2.7, 192.0.3.7, 24, 64, false",
        "192.0.2.7, 192.0.3.7, 23, 64, true",
        "192.0.2.7, 192.0.2.6, 32, 64, false",
        "192.0.2.7, 1.1.1.1, 1, 64, false",
        "2001:db8::1, 2001:db8::2, 32, 64, true",
        "2001:db8::1, 2001:db8:0:1::1, 32, 64, false",
        "2001:db8::1, 2001:db8::2, 32, 127, false",
        "2001:db8::2, 2001:db8::3, 32, 127, true",
        "2001:db8::2, 2001:db8::3, 32, 128, false"
    })
    void onlyTheLeadingBitsOfAnAddressCount(String one, String other, int ipv4Bits, int ipv6Bits, boolean same) {
        RequestKey key = key(new HashKeyConfig.ClientAddress(ipv4Bits, ipv6Bits));
        RequestHead head = Heads.request("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        long first = key.of(head, client(one, false));
        assertThat(first == key.of(head, client(other, false))).isEqualTo(same);
        assertThat(first).isNotEqualTo(LoadBalancer.NO_KEY);
    }

    @Test
    void aPathThatMakesAnExpressionBacktrackWithoutEndHasNoKey() {
        HashKeyConfig catastrophic = new HashKeyConfig.PathGroup(List.of("^/(a+)+b$"));
        assertThat(key(catastrophic, "/" + "a".repeat(200), "")).isEqualTo(LoadBalancer.NO_KEY);
        assertThat(aborted).isEqualTo(1);
        assertThat(key(catastrophic, "/ab", "")).isEqualTo(hash("a"));
    }

    /** Deep recursion on a stack that is all but used up. */
    @Test
    void anExpressionThatOverflowsTheStackHasNoKey() throws InterruptedException {
        RequestKey key = key(new HashKeyConfig.PathGroup(List.of("^/((?:a|b)*)$")));
        RequestHead head = Heads.request("GET /" + "ab".repeat(500) + " HTTP/1.1\r\nHost: a\r\n\r\n");
        long[] result = {-1};
        Thread small = new Thread(null, () -> result[0] = key.of(head, CLIENT), "small", SMALL_STACK_BYTES);
        small.start();
        small.join();
        assertThat(result[0]).isEqualTo(LoadBalancer.NO_KEY);
        assertThat(aborted).isEqualTo(1);
        assertThat(key.of(head, CLIENT)).isNotEqualTo(LoadBalancer.NO_KEY);
    }

    @Test
    void onlyTheBeginningOfALongPathCounts() {
        HashKeyConfig anywhere = new HashKeyConfig.PathGroup(List.of("/id-(\\d+)"));
        assertThat(key(anywhere, "/" + "x".repeat(900) + "/id-17", "")).isEqualTo(hash("17"));
        assertThat(key(anywhere, "/" + "x".repeat(2000) + "/id-17", "")).isEqualTo(LoadBalancer.NO_KEY);
        assertThat(aborted).isZero();
    }

    @Test
    void aGroupThatTakesNoPartLeavesTheKeyToTheNextExpression() {
        HashKeyConfig optional = new HashKeyConfig.PathGroup(List.of("^/a(b)?", "^/(a)"));
        assertThat(key(optional, "/ab", "")).isEqualTo(hash("b"));
        assertThat(key(optional, "/ac", "")).isEqualTo(hash("a"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void nothingIsAllocated(HashKeyConfig config) {
        RequestKey key = key(config);
        RequestHead head = Heads.request("GET /api/untill/fiscal/140737488486400/q?a=b&ws=17 HTTP/1.1\r\nHost: a\r\n"
                + "X-Tenant: blue\r\nX-Forwarded-For: 203.0.113.1, 2001:db8::1\r\nCookie: a=b; session=abc\r\n\r\n");
        ClientAddress proxy = client("192.0.2.7", true);
        long[] sum = {0};
        assertThat(Allocations.perRun(10_000, () -> sum[0] += key.of(head, proxy)))
                .isLessThan(1);
        assertThat(sum[0]).isNotZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noHeadMakesItThrow(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String alphabet = "=;&?,. \"%/a:17";
        for (int i = 0; i < 5_000; i++) {
            String text = text(random, alphabet);
            String target = "/" + text.replaceAll("[ \"%.]", "");
            RequestHead head = Heads.request("GET " + target + " HTTP/1.1\r\nHost: a\r\nCookie: session" + text
                    + "\r\nX-Tenant: " + text + "\r\nX-Forwarded-For: " + text + "\r\n\r\n");
            for (HashKeyConfig config : kinds()) {
                RequestKey key = key(config);
                assertThat(key.of(head, client("192.0.2.7", true)))
                        .isEqualTo(key(config).of(head, client("192.0.2.7", true)));
            }
        }
        assertThat(aborted).isZero();
    }

    private static String text(SplittableRandom random, String alphabet) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(30); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static String lines(String fields) {
        return fields.replace("\\", "\r\n") + "\r\n";
    }

    private static void assertKey(long key, String value) {
        assertThat(key).isEqualTo(value == null ? LoadBalancer.NO_KEY : hash(value));
    }
}
