package io.evenkeel.discovery.consul;

import io.evenkeel.config.ConsulConfig;
import java.math.BigInteger;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.kiwiproject.consul.option.QueryOptions;

/**
 * One agent as it is asked: over HTTP/1.1, with the token as a field and never in the address.
 *
 * <p>Reads do not go through kiwi's clients, because those neither bound an answer nor know tagged addresses; its query options are theirs.
 *
 * <p><b>Threading.</b> Callable from any thread.
 */
final class Agent {

    private final AgentAddress address;
    private final ConsulConfig config;
    private final OkHttpClient http;
    private final Wording wording;

    /** @param http connects to this agent; what it is made of is shared with the others */
    Agent(AgentAddress address, ConsulConfig config, OkHttpClient http) {
        this.address = address;
        this.config = config;
        this.http = http;
        this.wording = new Wording(address, config);
    }

    /** As it is configured. */
    String name() {
        return address.name();
    }

    AgentAddress address() {
        return address;
    }

    /** Puts a question; returns without waiting. */
    <T> Asking<T> ask(Question<T> question, Poll poll) {
        Duration patience = poll.patience(config.timeout());
        Call call = http.newBuilder()
                .readTimeout(patience)
                .callTimeout(patience.plus(config.timeout()))
                .build()
                .newCall(request(question, poll));
        Reading<T> reading = new Reading<>(question, address, wording, poll, config.timeout());
        call.enqueue(reading);
        return new Asking<>(this, call, reading.reply());
    }

    private Request request(Question<?> question, Poll poll) {
        HttpUrl.Builder url = address.under(question);
        options(question, poll).toQuery().forEach((name, value) -> url.addQueryParameter(name, String.valueOf(value)));
        Request.Builder request = new Request.Builder().url(url.build()).header("Accept-Encoding", "identity");
        config.token().ifPresent(token -> request.header("X-Consul-Token", token.value()));
        return request.build();
    }

    private static QueryOptions options(Question<?> question, Poll poll) {
        return poll.blocking()
                ? question.options()
                        .index(BigInteger.valueOf(poll.index()))
                        .wait(poll.hold().toMillis() + "ms")
                        .build()
                : question.options().build();
    }
}
