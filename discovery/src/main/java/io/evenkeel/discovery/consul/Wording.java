package io.evenkeel.discovery.consul;

import io.evenkeel.config.ConsulConfig;
import io.evenkeel.config.Secret;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** What went wrong between this program and an agent, in one line. The token is in none of them. Immutable. */
final class Wording {

    private static final int MAX_LENGTH = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final AgentAddress agent;
    private final Optional<Secret> token;

    Wording(AgentAddress agent, ConsulConfig config) {
        this.agent = agent;
        this.token = config.token();
    }

    /** An answer with another status than 200. */
    AskFailure status(Question<?> question, int status, String body) {
        String hint =
                status == FORBIDDEN || status == UNAUTHORIZED ? " (is the token right? discovery.consul.token)" : "";
        String said = OneLine.of(body, MAX_LENGTH);
        return failure(agent.of(question) + ": " + status + (said.isEmpty() ? "" : " " + said) + hint, status);
    }

    /** A 200 that cannot be used. */
    AskFailure unusable(Question<?> question, String why) {
        return failure(agent.of(question) + ": " + OneLine.of(why, MAX_LENGTH), 0);
    }

    /** No answer, or half of one. {@code patience} says how long it was waited for. */
    AskFailure thrown(Question<?> question, IOException thrown, Duration patience) {
        if (thrown instanceof InterruptedIOException) {
            return failure(agent.of(question) + ": no whole answer within " + seconds(patience), 0);
        }
        if (thrown instanceof ConnectException) {
            return failure(agent.name() + ": connection refused", 0);
        }
        if (thrown instanceof UnknownHostException) {
            return failure(agent.name() + ": unknown host name", 0);
        }
        if (thrown instanceof SSLException) {
            return failure(agent.name() + ": TLS: " + reason(thrown) + " (discovery.consul.tls)", 0);
        }
        return failure(agent.of(question) + ": connection lost: " + reason(thrown), 0);
    }

    private AskFailure failure(String line, int status) {
        String safe = token.map(secret -> line.replace(secret.value(), "***")).orElse(line);
        return new AskFailure(safe, status);
    }

    private static String reason(IOException thrown) {
        String message = Optional.ofNullable(thrown.getMessage())
                .orElse(thrown.getClass().getSimpleName());
        return OneLine.of(message, MAX_LENGTH);
    }

    private static String seconds(Duration time) {
        return time.toMillis() % 1_000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
