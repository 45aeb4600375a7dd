package io.evenkeel.lab.drill;

import io.evenkeel.lab.record.Span;
import io.evenkeel.lab.verdict.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Six services of one replica each, the way VVMs are run that each have their own. */
record Single() implements Drill {

    /** By the node that each begins on. */
    private static final Map<String, String> HOMES =
            Map.of("vvm1", "n1", "vvm2", "n2", "vvm3", "n3", "vvm4", "n1", "vvm5", "n2", "vvm6", "n3");

    private static final Set<String> SIX = HOMES.keySet();
    private static final int SECONDS = 120;
    private static final int EVEN_SECONDS = 300;
    private static final String NODE = "n3";

    @Override
    public String name() {
        return "single";
    }

    @Override
    public String about() {
        return "Six services vvm1 to vvm6 with a single replica each take the place of vvm, under its name for the routers, two on"
                + " each node. The power of a node goes, so that all run on the others, and it comes back. Two must be moved, and each must have its new task"
                + " before the old one goes.";
    }

    @Override
    public Set<String> services() {
        return SIX;
    }

    @Override
    public void prepare(Stage stage) {
        stage.undoing("bring vvm back", () -> {
            stage.docker("service", "scale", "--detach", "evenkeel_vvm=6");
            stage.lookout().seconds(20);
            for (String name : SIX) {
                remove(stage, name);
            }
        });
        String image = stage.docker(
                        "service", "inspect", "-f", "{{.Spec.TaskTemplate.ContainerSpec.Image}}", "evenkeel_vvm")
                .strip();
        HOMES.forEach((name, home) -> create(stage, name, image, pin(home)));
        stage.docker("service", "scale", "--detach", "evenkeel_vvm=0");
        stage.lookout().seconds(15);
        HOMES.forEach((name, home) ->
                stage.docker("service", "update", "--detach", "--quiet", "--constraint-rm", pin(home), name));
    }

    /** Swarm looks at the tasks of all services when it places one: where these begin is not left to it. */
    private static String pin(String home) {
        return "node.hostname==" + home;
    }

    private static void remove(Stage stage, String name) {
        if (stage.docker("service", "ls", "-q", "--filter", "name=" + name).isBlank()) {
            return;
        }
        stage.docker("service", "rm", name);
    }

    private static void create(Stage stage, String name, String image, String constraint) {
        List<String> words = new ArrayList<>(List.of("service", "create", "--detach", "--quiet", "--no-resolve-image"));
        words.addAll(List.of("--name", name, "--init", "--endpoint-mode", "dnsrr", "--constraint", constraint));
        words.addAll(List.of("--network", "name=evenkeel-front,alias=vvm"));
        words.addAll(
                List.of("--env", "JAVA_OPTS=-Xmx32m -XX:TieredStopAtLevel=1", "--env", "EVENKEEL_VVM_NAME=" + name));
        words.addAll(List.of("--health-cmd", "wget -q -O /dev/null http://127.0.0.1:8822/api/check"));
        words.addAll(List.of("--health-interval", "1s", "--health-timeout", "2s", "--health-start-period", "60s"));
        words.addAll(List.of("--stop-grace-period", "30s", "--restart-delay", "1s", "--limit-memory", "192M"));
        words.addAll(List.of("--reserve-memory", "32M", "--update-order", "start-first", "--update-monitor", "10s"));
        words.addAll(List.of(image, "vvm", "--bind", "0.0.0.0", "--port", "8822"));
        stage.docker(words.toArray(String[]::new));
    }

    @Override
    public void play(Stage stage) {
        stage.lookout()
                .awaitSeen("2-2-2", SECONDS, snapshot -> snapshot.shape(SIX).equals("2-2-2"));
        stage.lookout().seconds(5);
        long failed = stage.fail(NODE, "kill");
        stage.lookout()
                .awaitSeen(
                        "six tasks on two nodes",
                        SECONDS,
                        now -> now.count(SIX) == 6 && now.running(SIX).getOrDefault(NODE, 0) == 0);
        stage.mark("its tasks run elsewhere");
        stage.lookout().seconds(10);
        long recovered = stage.recover(NODE);
        long even = stage.lookout().awaitEven(SIX, EVEN_SECONDS);
        stage.check(Checks.failuresNear(stage.recording(), new Span(failed, recovered), 3_000));
        Aftermath.judge(stage, SIX, new Span(recovered, even), 2);
    }
}
