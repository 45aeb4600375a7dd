package io.evenkeel.discovery.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.evenkeel.config.EndpointSourceConfig.ConsulSource;
import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.Endpoint.Health;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of answers, the odd ones included that a real agent gives only to others. */
class EndpointsTest {

    @Test
    void whatConsulLeavesOutOrWritesAsNullIsEmpty() throws Exception {
        Endpoints endpoints = endpoints(
                """
                [{"Node": {"Node": "n1", "Address": "10.0.0.9", "TaggedAddresses": null, "Meta": null},
                  "Service": {"ID": "a", "Service": "a", "Tags": null, "Address": "", "Meta": null, "Port": 80, "Weights": null},
                  "Checks": null, "Unknown": [1, 2]}]""");
        assertThat(endpoints.found())
                .singleElement()
                .extracting(Endpoint::weight, Endpoint::health, Endpoint::tags)
                .containsExactly(1, Health.PASSING, Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "passing,passing,PASSING,7",
        "passing,warning,WARNING,3",
        "warning,passing,WARNING,3",
        "critical,warning,CRITICAL,1",
        "passing,critical,CRITICAL,1"
    })
    void theWorstCheckOfServiceAndNodeDecides(String ofNode, String ofService, Health health, int weight)
            throws Exception {
        String checks = "[{\"Node\":\"n1\",\"CheckID\":\"serfHealth\",\"Status\":\"" + ofNode
                + "\"},{\"Node\":\"n1\",\"CheckID\":\"own\",\"ServiceID\":\"a\",\"Status\":\"" + ofService + "\"}]";
        assertThat(endpoints("[" + instance("a", "10.0.0.1", 80, checks) + "]").found())
                .singleElement()
                .extracting(Endpoint::health, Endpoint::weight)
                .containsExactly(health, weight);
    }

    @ParameterizedTest
    @CsvSource({"vvm.example.org,80", "10.0.0.1,0", "10.0.0.1,65536", "10.0.0.1,-1", "10.0.0.256,80", "'',80"})
    void whatIsNoAddressAndPortIsLeftOutWithALineThatNamesIt(String address, int port) throws Exception {
        Endpoints endpoints = endpoints(
                "[" + instance("bad", address, port, "[]") + "," + instance("good", "10.0.0.2", 80, "[]") + "]");
        assertThat(endpoints.found()).hasSize(1);
        assertThat(endpoints.leftOut())
                .singleElement()
                .asString()
                .contains("instance bad at node n1")
                .contains("\"" + address + "\", port " + port);
    }

    @Test
    void theOrderOfTheAnswerDoesNotMatter() throws Exception {
        String one = instance("a", "10.0.0.2", 80, "[]");
        String other = instance("b", "10.0.0.1", 80, "[]");
        assertThat(endpoints("[" + one + "," + other + "]")).isEqualTo(endpoints("[" + other + "," + one + "]"));
    }

    @Test
    void tagsThatSayTheSameThingTwiceAreNoError() throws Exception {
        Endpoints endpoints = endpoints(
                """
                [{"Node": {"Node": "n1"}, "Service": {"ID": "a", "Address": "::1", "Port": 80,
                  "Tags": ["k=1", "k=2", "k", "=odd", null], "Meta": {"k": "3", "empty": null}}, "Checks": []}]""");
        assertThat(endpoints.found().get(0).tags()).isEqualTo(Map.of("k", "3", "=odd", "true", "empty", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[{}]", "[{\"Node\":{}}]", "{}", "[[]]", "\"\"", "[{\"Node\":{},\"Service\":{\"Port\":\"x\"}}]"})
    void whatIsNoAnswerIsRefused(String json) {
        assertThatThrownBy(() -> endpoints(json)).isInstanceOf(JsonProcessingException.class);
    }

    private static String instance(String id, String address, int port, String checks) {
        return "{\"Node\":{\"Node\":\"n1\",\"Address\":\"\"},\"Service\":{\"ID\":\"" + id + "\",\"Address\":\""
                + address + "\",\"Port\":" + port + ",\"Weights\":{\"Passing\":7,\"Warning\":3}},\"Checks\":" + checks
                + "}";
    }

    private static Endpoints endpoints(String json) throws JsonProcessingException {
        List<ServiceEntry> entries = Json.MAPPER.readValue(json, new TypeReference<List<ServiceEntry>>() {});
        ConsulSource config = ConsulFixture.service("vvm");
        return Endpoints.of(entries, new Choice(config), config);
    }
}
