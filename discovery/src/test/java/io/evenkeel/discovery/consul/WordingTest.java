package io.evenkeel.discovery.consul;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.config.ConsulConfig;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WordingTest {

    private static final String TOKEN = "11111111-2222-3333-4444-555555555555";

    private final ConsulConfig config = ConsulFixture.withToken(ConsulFixture.agents("consul:8500"), TOKEN);
    private final Wording wording = new Wording(AgentAddress.parse("consul:8500", false), config);
    private final Question<?> question = Question.instances(new ServiceKey("", "vvm", ""));

    @Test
    void aStatusIsSaidInTheAgentsWordsOnOneLineAndWithoutTheToken() {
        assertThat(wording.status(question, 403, "\nACL \tnot found: " + TOKEN + "\nand more")
                        .line())
                .isEqualTo("http://consul:8500/v1/health/service/vvm: 403 ACL  not found: ***"
                        + " (is the token right? discovery.consul.token)");
        assertThat(wording.status(question, 500, "x".repeat(10_000)).line()).hasSizeLessThan(300);
    }

    @ParameterizedTest
    @MethodSource("endings")
    void whatEndedAConversationIsSaid(IOException thrown, String line) {
        assertThat(wording.thrown(question, thrown, Duration.ofMillis(1_500)).line())
                .isEqualTo(line);
    }

    static Stream<Arguments> endings() {
        String asked = "http://consul:8500/v1/health/service/vvm: ";
        return Stream.of(
                Arguments.of(new ConnectException("Failed to connect to x"), "consul:8500: connection refused"),
                Arguments.of(new UnknownHostException("consul"), "consul:8500: unknown host name"),
                Arguments.of(new SocketTimeoutException("timeout"), asked + "no whole answer within 1500 ms"),
                Arguments.of(new EOFException(), asked + "connection lost: EOFException"));
    }

    @Test
    void aSocketInTheFileSystemIsNamedByItsPath() {
        Wording ofSocket = new Wording(AgentAddress.parse("unix:/run/consul.sock", false), config);
        assertThat(ofSocket.status(question, 500, "").line())
                .isEqualTo("unix:/run/consul.sock /v1/health/service/vvm: 500");
    }
}
