package io.evenkeel.discovery.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EngineAddressTest {

    @Test
    void aSocketFileIsAPath() {
        assertThat(EngineAddress.of("unix:/var/run/docker.sock").getPath()).isEqualTo("/var/run/docker.sock");
        assertThat(EngineAddress.of("unix:/var/my run/docker.sock").getPath()).isEqualTo("/var/my run/docker.sock");
    }

    @Test
    void hostAndPortStayAsTheyAre() {
        assertThat(EngineAddress.of("manager-1.example.org:2376")).hasToString("tcp://manager-1.example.org:2376");
        assertThat(EngineAddress.of("[::1]:2375")).hasToString("tcp://[::1]:2375");
    }

    @Test
    void aHostThatNoUriMayHoldIsResolved() {
        assertThatThrownBy(() -> EngineAddress.of("stack_proxy.invalid:2375"))
                .isInstanceOf(EngineFailure.class)
                .hasMessage("stack_proxy.invalid:2375: unknown host");
    }
}
