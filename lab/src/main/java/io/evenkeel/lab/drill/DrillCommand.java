package io.evenkeel.lab.drill;

import io.evenkeel.lab.cluster.Command;
import io.evenkeel.lab.cluster.LabFolder;
import io.evenkeel.lab.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code evenkeel lab drill}: plays drills and judges them. */
@picocli.CommandLine.Command(
        name = "drill",
        mixinStandardHelpOptions = true,
        description = {
            "Fail and recover parts of the lab's cluster under a steady load, and say whether all came out as it must.",
            "Without a name: the names. Exits with 0 only if every verdict passes."
        })
public final class DrillCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "Which drills, in this order; all for all of them.")
    private List<String> names = List.of();

    @Option(names = "--rate", defaultValue = "200", description = "Requests per second (default ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--reports",
            paramLabel = "FOLDER",
            description = "Where reports go, a folder per drill (default lab/target/reports).")
    private @Nullable Path reports;

    @Override
    public Integer call() throws IOException {
        List<Drill> chosen = Drills.named(names);
        if (chosen.isEmpty()) {
            Drills.all().forEach(drill -> System.out.printf("%-10s %s%n", drill.name(), drill.about()));
            return names.isEmpty() ? 0 : 2;
        }
        Path to = reports == null ? home().resolve("lab/target/reports") : reports;
        Curtain curtain = Curtain.hang();
        try {
            return play(chosen, to, curtain) ? 0 : 1;
        } finally {
            curtain.drop();
        }
    }

    private boolean play(List<Drill> chosen, Path to, Curtain curtain) throws IOException {
        Path home = home();
        Theatre theatre = new Theatre(LabFolder.ofThisMachine(), new Command(home), to, rate);
        boolean passed = true;
        StringBuilder verdicts = new StringBuilder();
        for (Drill drill : chosen) {
            if (curtain.falling()) {
                return false;
            }
            Report report = theatre.play(drill);
            System.out.println(report.timeline());
            System.out.println(report.verdict());
            System.out.println("report: " + to.resolve(drill.name()).resolve("report.md"));
            verdicts.append(report.passed() ? "PASS  " : "FAIL  ")
                    .append(drill.name())
                    .append('\n');
            passed &= report.passed();
        }
        System.out.print(verdicts);
        return passed;
    }

    private static Path home() {
        return Path.of(System.getProperty("evenkeel.home", "."));
    }
}
