package io.evenkeel.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.evenkeel.lab.record.Snapshot;
import io.evenkeel.lab.record.View;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JsonTest {

    private static final Snapshot.Task REBALANCER = new Snapshot.Task("r", "rebalancer", "n2", "running", "c", 7);

    private static JsonNode json(String text) throws JsonProcessingException {
        return JsonMapper.builder().build().readTree(text);
    }

    @Test
    void aSnapshotIsMadeOfThreeAnswers() throws JsonProcessingException {
        Snapshot snapshot = EngineJson.snapshot(
                5,
                json(
                        """
                        [{"ID": "a", "Spec": {"Availability": "active"}, "Description": {"Hostname": "n1"}, "Status": {"State": "ready"},
                          "ManagerStatus": {"Leader": true}},
                         {"ID": "b", "Spec": {"Availability": "drain"}, "Description": {"Hostname": "n2"}, "Status": {"State": "down"}}]"""),
                json(
                        """
                        [{"ID": "s", "Version": {"Index": 42}, "Spec": {"Name": "evenkeel_vvm", "Labels": {"evenkeel.rebalance.journal": "{}"},
                          "Mode": {"Replicated": {"Replicas": 6}}, "TaskTemplate": {"Placement": {"Constraints": ["node.id!=b"]}}}},
                         {"ID": "g", "Version": {"Index": 1}, "Spec": {"Name": "evenkeel_router", "Labels": {}, "Mode": {"Global": {}}}}]"""),
                json(
                        """
                        [{"ID": "t", "ServiceID": "s", "NodeID": "a", "Status": {"State": "running", "ContainerStatus": {"ContainerID": "c", "PID": 9}}},
                         {"ID": "u", "ServiceID": "s", "Status": {"State": "pending"}},
                         {"ID": "v", "ServiceID": "unknown", "NodeID": "a", "Status": {"State": "running"}}]"""));
        assertThat(snapshot.tasks())
                .containsExactly(
                        new Snapshot.Task("t", "vvm", "n1", "running", "c", 9),
                        new Snapshot.Task("u", "vvm", "", "pending", "", 0));
        assertThat(snapshot.nodes())
                .containsEntry("n1", new Snapshot.Node("ready", "active", true))
                .containsEntry("n2", new Snapshot.Node("down", "drain", false));
        assertThat(snapshot.services())
                .containsEntry("vvm", new Snapshot.Service(42, 6, true, List.of("node.id!=b")))
                .containsEntry("router", new Snapshot.Service(1, 0, false, List.of()));
        assertThat(snapshot.shape(Set.of("vvm"))).isEqualTo("1-0");
    }

    @Test
    void aRebalancerThatRestsHasNoStep() {
        assertThat(
                        RebalanceJson.view(
                                3,
                                REBALANCER,
                                """
                        {"at": "now", "active": true, "reason": "even", "step": null, "plan": {"moves": []},
                         "history": [{"service": "vvm", "from": "n1", "to": "n3", "at": "then", "result": "done"}]}"""))
                .contains(new View(
                        3, "r", "n2", true, "even", "", 0, List.of(new View.Ended("then", "vvm", "n1", "n3", "done"))));
    }

    @Test
    void aRebalancerThatMovesSaysHowFarItIs() {
        View view = RebalanceJson.view(
                        3, REBALANCER, "{\"active\": true, \"reason\": \"\", \"step\": \"drain\", \"history\": []}")
                .orElseThrow();
        assertThat(view.step()).isEqualTo("drain");
        assertThat(view.planned()).isEqualTo(-1);
    }

    @Test
    void anythingElseIsNoAnswerOfARebalancer() {
        assertThat(RebalanceJson.view(3, REBALANCER, "<html>")).isEmpty();
        assertThat(RebalanceJson.view(3, REBALANCER, "{}")).isEmpty();
        assertThat(RebalanceJson.view(3, REBALANCER, "")).isEmpty();
    }
}
