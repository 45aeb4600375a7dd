package io.evenkeel.rebalancer.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.rebalancer.plan.Move;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpecChangeTest {

    private static final String SPEC =
            """
            {"Name":"vvm","Labels":{"team":"blue"},
             "TaskTemplate":{"ContainerSpec":{"Image":"vvm@sha256:1","Sysctls":{"net.core.somaxconn":"1024"}},
               "Placement":{"Constraints":["node.role==worker"],"Preferences":[{"Spread":{"SpreadDescriptor":"node.labels.zone"}}]},
               "ForceUpdate":18446744073709551614},
             "Mode":{"Replicated":{"Replicas":6}},
             "UpdateConfig":{"Parallelism":1,"MaxFailureRatio":0.25,"Order":"stop-first"}}
            """;

    private static final Journal JOURNAL = new Journal(
            "run-1",
            Move.Method.REPLACE,
            1,
            "n1",
            "n3",
            "t1",
            Optional.of("stop-first"),
            Optional.of("node.id==n3"),
            Instant.parse("2026-01-01T00:00:00Z"));

    private final RawService service = service(SPEC);

    @Test
    void onlyWhatWasAskedForDiffers() {
        JsonNode after = SpecChange.of(service).replicas(7).journal(JOURNAL).spec();

        assertThat(after.at("/Mode/Replicated/Replicas").asInt()).isEqualTo(7);
        assertThat(service(after).journal()).contains(JOURNAL);
        assertThat(SpecChange.of(service(after)).replicas(6).journal(null).spec())
                .isEqualTo(service.spec());
    }

    @Test
    void aReplacementIsTakenBackWithoutATrace() {
        RawService small = service(SPEC.replace("18446744073709551614", "4"));
        JsonNode after = SpecChange.of(small)
                .force(1)
                .order(Optional.of("start-first"))
                .constrain("node.id==n3")
                .journal(JOURNAL)
                .spec();
        assertThat(after.at("/TaskTemplate/Placement/Constraints").toString())
                .isEqualTo("[\"node.role==worker\",\"node.id==n3\"]");

        JsonNode back = SpecChange.of(service(after))
                .force(-1)
                .order(JOURNAL.order())
                .release("node.id==n3")
                .journal(null)
                .spec();
        assertThat(back).hasToString(small.spec().toString());
    }

    @Test
    void numbersOfAnySizeAndFieldsNobodyKnowsArriveAsTheyWere() {
        JsonNode after = SpecChange.of(service).replicas(5).spec();
        assertThat(after.at("/TaskTemplate/ForceUpdate").bigIntegerValue()).hasToString("18446744073709551614");
        assertThat(after.at("/UpdateConfig/MaxFailureRatio").asDouble()).isEqualTo(0.25);
        assertThat(after.at("/TaskTemplate/ContainerSpec/Sysctls")).hasSize(1);
    }

    @Test
    void anythingElseIsNeverWritten() {
        SpecChange change = SpecChange.of(service).replicas(7);
        ((ObjectNode) service.spec().path("TaskTemplate").path("ContainerSpec")).put("Image", "other");
        assertThatThrownBy(change::spec).isInstanceOf(IllegalStateException.class);

        assertThatThrownBy(() ->
                        SpecChange.of(service).constrain("node.labels.x==1").spec())
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() ->
                        SpecChange.of(service).release("node.role==worker").spec())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aServiceThatIsNotReplicatedIsNotScaled() {
        RawService global = service("{\"Name\":\"router\",\"Mode\":{\"Global\":{}}}");
        assertThatThrownBy(() -> SpecChange.of(global).replicas(1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aJournalOfSomebodyElseIsNone() {
        for (String text : new String[] {"", "{}", "[]", "soon", "{\"replicas\":0,\"method\":\"surge\"}"}) {
            assertThatThrownBy(() -> Journal.parse(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(Journal.LABEL);
        }
    }

    private static RawService service(String spec) {
        try {
            return service(new ObjectMapper().readTree(spec));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static RawService service(JsonNode spec) {
        ObjectNode json = new ObjectMapper().createObjectNode().put("ID", "s1");
        json.set("Spec", spec);
        return new RawService(json);
    }
}
