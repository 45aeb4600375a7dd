package io.evenkeel.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;

class AdminGuardTest {

    private final AdminGuard loopback = new AdminGuard(true, "admin.example.org");
    private final AdminGuard open = new AdminGuard(false, "0.0.0.0");

    @Test
    void theConfiguredNameIsServed() {
        assertThat(loopback.refusal(get("Admin.example.org:9901"))).isNull();
        assertThat(loopback.refusal(get("other.example.org:9901"))).isNotNull();
    }

    @Test
    void oneForeignHostAmongSeveralIsRefused() {
        HttpRequest request = get("localhost");
        request.headers().add(HttpHeaderNames.HOST, "evil.example");

        assertThat(loopback.refusal(request)).isNotNull();
    }

    @Test
    void anAddressThatOthersReachIsServedByAnyName() {
        assertThat(open.refusal(get("node-1.example.org"))).isNull();
    }

    @Test
    void aPageIsRefusedWhateverTheAddress() {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/reload");
        request.headers().set(HttpHeaderNames.ORIGIN, "http://node-1.example.org");

        assertThat(open.refusal(request)).isNotNull();
    }

    private static HttpRequest get(String host) {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/metrics");
        request.headers().set(HttpHeaderNames.HOST, host);
        return request;
    }
}
