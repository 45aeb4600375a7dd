package io.evenkeel.lab.drill;

import io.evenkeel.discovery.swarm.EngineFailure;
import io.evenkeel.lab.cluster.Command;
import io.evenkeel.lab.cluster.LabFolder;
import io.evenkeel.lab.cluster.Sampler;
import io.evenkeel.lab.load.Routers;
import io.evenkeel.lab.load.SteadyLoad;
import io.evenkeel.lab.record.Recording;
import io.evenkeel.lab.report.Report;
import io.evenkeel.lab.verdict.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Plays drills: brings the cluster into order, puts load on it, lets the drill act, cleans up, and tells. Immutable.
 *
 * @param reports the folder that each drill has one in
 * @param rate requests per second
 */
public record Theatre(LabFolder folder, Command command, Path reports, double rate) {

    /** The first build of the images takes a while. */
    private static final Duration UP = Duration.ofMinutes(10);

    private static final int WARM_UP_SECONDS = 120;

    /** Without a failed request, before anything is done. */
    private static final int CALM_SECONDS = 10;

    /**
     * Plays one; returns what is to be told.
     *
     * @throws IOException if the report cannot be written
     */
    Report play(Drill drill) throws IOException {
        System.err.println("drill: " + drill.name() + ": " + drill.about());
        Recording prelude = new Recording();
        Recording recording = new Recording();
        List<Check> checks = new ArrayList<>();
        try (Routers routers = new Routers(folder, recording::latest)) {
            Stage stage = new Stage(folder, command, recording, routers, drill.services());
            try {
                setUp(drill, prelude, stage);
                underLoad(drill, recording, routers, stage);
            } catch (NotInTime | Command.Failure | EngineFailure e) {
                stage.check(new Check("the drill can be played to its end", false, String.valueOf(e.getMessage())));
            } finally {
                stage.undo();
            }
            checks.addAll(stage.checks());
        }
        Report report = new Report(drill.name(), drill.about(), drill.services(), recording, List.copyOf(checks));
        report.write(reports.resolve(drill.name()));
        return report;
    }

    private void setUp(Drill drill, Recording prelude, Stage stage) {
        up();
        try (Sampler sampler = new Sampler(folder, command, prelude);
                Routers routers = new Routers(folder, prelude::latest)) {
            sampler.begin();
            Stage before = new Stage(folder, command, prelude, routers, Drill.VVM);
            Order.bring(before);
            drill.prepare(stage);
        }
    }

    private void up() {
        if (!folder.up()) {
            System.err.println("drill: the lab is not up: bringing it up");
            command.lab(UP, "up");
        }
    }

    private void underLoad(Drill drill, Recording recording, Routers routers, Stage stage) {
        try (Sampler sampler = new Sampler(folder, command, recording);
                SteadyLoad load = new SteadyLoad(rate, routers::open, recording::add)) {
            sampler.begin();
            stage.awaitRouters(60);
            load.begin();
            stage.lookout().awaitCalm(WARM_UP_SECONDS, CALM_SECONDS);
            drill.play(stage);
            stage.lookout().seconds(1);
        }
    }
}
