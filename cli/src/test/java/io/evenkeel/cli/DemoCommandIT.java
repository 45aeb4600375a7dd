package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

class DemoCommandIT {

    @Test
    void requestsSpreadEvenlyOverSixVvmsAndExitIsZero() throws Exception {
        try (Child demo =
                Child.start("demo", "--port", "0", "--tls-port", "0", "--admin-port", "0", "--requests", "6000")) {
            assertThat(demo.awaitEnd()).as("it said %s", demo.out()).isZero();
            assertThat(demo.out())
                    .anyMatch(line -> line.startsWith("6000 answers in "))
                    .anyMatch(line -> line.startsWith("  vvm-6 "))
                    .anyMatch(line -> line.startsWith("latency p50 "))
                    .contains("errors  0", "even");
        }
    }

    @Test
    void itServesUntilItIsToldToStop() throws Exception {
        try (Child demo = Child.start("demo", "--port", "0", "--tls-port", "0", "--admin-port", "0")) {
            String web = demo.awaitLine("^evenkeel: ready in .*web (127\\.0\\.0\\.1:\\d+)");
            assertThat(get("http://" + web + "/api/check")).isEqualTo("ok\n");
            String tls = demo.awaitLine("^evenkeel: ready in .*tls (127\\.0\\.0\\.1:\\d+)");
            assertThat(getTrustingAnybody("https://" + tls + "/api/check")).isEqualTo("ok\n");
            demo.signal("INT");
            assertThat(demo.awaitEnd()).isZero();
            assertThat(demo.out())
                    .anyMatch(line -> line.contains("curl -v http://" + web + "/"))
                    .anyMatch(line -> line.contains("curl -k --http2 https://" + tls + "/"));
        }
    }

    @Test
    void portInUseIsOneLineThatNamesItAndExitIsOne() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Child demo = Child.start(
                        "demo", "--port", "" + taken.getLocalPort(), "--tls-port", "0", "--admin-port", "0")) {
            assertThat(demo.awaitEnd()).isEqualTo(1);
            assertThat(demo.said()).singleElement().asString().contains("127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void countsOutOfRangeAreRefused() throws Exception {
        try (Child demo = Child.start("demo", "--requests", "-1")) {
            assertThat(demo.awaitEnd()).isEqualTo(1);
            assertThat(demo.err()).containsExactly("evenkeel: --requests: expected 0–100000000");
        }
    }

    private static String get(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static String getTrustingAnybody(String url) throws Exception {
        X509TrustManager anybody =
                (X509TrustManager) InsecureTrustManagerFactory.INSTANCE.getTrustManagers()[0];
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, new TrustManager[] {anybody}, null);
        OkHttpClient client = new OkHttpClient.Builder()
                .sslSocketFactory(trusting.getSocketFactory(), anybody)
                .hostnameVerifier((host, session) -> true)
                .build();
        try (Response response =
                client.newCall(new Request.Builder().url(url).build()).execute()) {
            return response.body().string();
        }
    }
}
