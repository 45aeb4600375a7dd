package io.evenkeel.rebalancer.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.config.RebalanceConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterReaderTest {

    private static final String CONTAINER = "0123456789abcdef0123456789abcdef";

    private static JsonNode tasks(String state) throws JsonProcessingException {
        return new ObjectMapper()
                .readTree(
                        """
                        [{"ID": "t0", "ServiceID": "other", "Status": {"State": "running"}},
                         {"ID": "t1", "ServiceID": "rebalancer",
                          "Status": {"State": "%s", "ContainerStatus": {"ContainerID": "%s"}}}]
                        """
                                .formatted(state, CONTAINER));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"failed,true", "shutdown,true", "complete,true", "running,false", "orphaned,false", "starting,false"})
    void onlyWhatAnEngineSawEndHasEnded(String state, boolean ended) throws JsonProcessingException {
        assertThat(ClusterReader.ended(tasks(state), "0123456789ab")).isEqualTo(ended);
    }

    @Test
    void ofAnythingElseNobodyKnowsWhetherItEnded() throws JsonProcessingException {
        assertThat(ClusterReader.ended(tasks("failed"), "0123456789ac")).isFalse();
        assertThat(ClusterReader.ended(tasks("failed"), "0123")).isFalse();
        assertThat(ClusterReader.ended(tasks("failed"), "")).isFalse();
    }

    @Test
    void aContainersHostNameTellsItsService() throws JsonProcessingException {
        assertThat(reader("0123456789ab").own(tasks("running"))).isEqualTo("rebalancer");
        assertThat(reader("laptop").own(tasks("running"))).isEmpty();
        assertThat(reader("").own(tasks("running"))).isEmpty();
    }

    private static ClusterReader reader(String host) {
        return new ClusterReader(RebalanceConfig.Swap.SURGE, host);
    }
}
