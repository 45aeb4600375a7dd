package io.evenkeel.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.AdminConfig;
import io.evenkeel.config.HostPort;
import io.evenkeel.config.Secret;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdminGuardTest {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final InetAddress ELSEWHERE = NetUtil.createInetAddressFromIpAddressString("192.0.2.1");

    private final AdminGuard loopback = guard(true, "admin.example.org", Optional.empty());
    private final AdminGuard open = guard(false, "0.0.0.0", Optional.empty());

    @Test
    void theConfiguredNameIsServed() {
        assertThat(loopback.refusal(get("Admin.example.org:9901"), HERE)).isNull();
        assertThat(loopback.refusal(get("other.example.org:9901"), HERE)).isNotNull();
    }

    @Test
    void oneForeignHostAmongSeveralIsRefused() {
        HttpRequest request = get("localhost");
        request.headers().add(HttpHeaderNames.HOST, "evil.example");

        assertThat(loopback.refusal(request, HERE)).isNotNull();
    }

    @Test
    void anAddressThatOthersReachIsServedByAnyName() {
        assertThat(open.refusal(get("node-1.example.org"), HERE)).isNull();
    }

    @Test
    void aPageIsRefusedWhateverTheAddress() {
        HttpRequest request = post();
        request.headers().set(HttpHeaderNames.ORIGIN, "http://node-1.example.org");

        assertThat(open.refusal(request, HERE)).isNotNull();
    }

    @Test
    void commandsOfOtherMachinesAreRefusedWithoutAToken() {
        assertThat(open.refusal(post(), ELSEWHERE)).contains("admin.token");
        assertThat(open.refusal(post(), HERE)).isNull();
        assertThat(open.refusal(get("node-1.example.org"), ELSEWHERE)).isNull();
    }

    @Test
    void commandsNeedTheTokenWhereThereIsOne() {
        AdminGuard guarded = guard(false, "0.0.0.0", Optional.of(new Secret("of the house")));
        HttpRequest wrong = post();
        wrong.headers().set(HttpHeaderNames.AUTHORIZATION, "Bearer of another house");
        HttpRequest right = post();
        right.headers().set(HttpHeaderNames.AUTHORIZATION, "Bearer of the house");

        assertThat(guarded.refusal(right, ELSEWHERE)).isNull();
        assertThat(guarded.refusal(wrong, ELSEWHERE)).isNotNull();
        assertThat(guarded.refusal(post(), HERE)).isNotNull();
        assertThat(guarded.refusal(get("node-1.example.org"), ELSEWHERE)).isNull();
    }

    private static AdminGuard guard(boolean loopback, String host, Optional<Secret> token) {
        return new AdminGuard(loopback, new AdminConfig(new HostPort(host, 9901), token));
    }

    private static HttpRequest post() {
        return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/reload");
    }

    private static HttpRequest get(String host) {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/metrics");
        request.headers().set(HttpHeaderNames.HOST, host);
        return request;
    }
}
