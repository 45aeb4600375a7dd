package io.evenkeel.lab.report;

import io.evenkeel.lab.record.Mark;
import io.evenkeel.lab.record.Outcome;
import io.evenkeel.lab.record.Percentiles;
import io.evenkeel.lab.record.Recording;
import io.evenkeel.lab.record.Snapshot;
import io.evenkeel.lab.record.Story;
import io.evenkeel.lab.record.View;
import io.evenkeel.lab.verdict.Check;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/**
 * What is told of a drill. Immutable.
 *
 * @param about what was tried, for somebody who has never seen the project
 * @param services whose tasks are counted
 * @param checks the verdict
 */
public record Report(String name, String about, Set<String> services, Recording recording, List<Check> checks) {

    /** Whether all is as it must be. */
    public boolean passed() {
        return !checks.isEmpty() && checks.stream().allMatch(Check::passed);
    }

    /** The verdict, a line per check. */
    public String verdict() {
        StringBuilder text = new StringBuilder();
        checks.forEach(check -> text.append(check.line()).append('\n'));
        return text.append(passed() ? "PASS  " : "FAIL  ")
                .append(name)
                .append('\n')
                .toString();
    }

    /** What happened, a line per event, with the seconds since the begin. */
    public String timeline() {
        long from = recording.span().from();
        StringBuilder text = new StringBuilder();
        for (Mark mark : Story.of(recording, services)) {
            text.append(String.format(Locale.ROOT, "%7.1f s  %s%n", (mark.at() - from) / 1e3, mark.what()));
        }
        return text.toString();
    }

    /** The page. */
    public String page() {
        return """
                # Drill %s: %s

                %s

                The cluster: three nodes, each with a router that clients ask, and the services %s behind the routers. A rebalancer moves tasks back when a
                node has recovered. %s

                ## Verdict

                | | what must be so | figures |
                |---|---|---|
                %s
                ![tasks per node, latency and failures over time](plot.svg)

                ## What happened

                Seconds since the begin; » is what the drill did. `tasks 2-2-2` are running tasks on n1, n2 and n3.

                ```
                %s```

                `requests.csv.gz` has every request, `timeline.csv.gz` every look at the cluster.
                """
                .formatted(
                        name,
                        passed() ? "PASS" : "FAIL",
                        about,
                        String.join(", ", services),
                        load(),
                        rows(),
                        timeline());
    }

    private String rows() {
        StringBuilder rows = new StringBuilder();
        checks.forEach(check -> rows.append(
                "| %s | %s | %s |\n".formatted(check.passed() ? "PASS" : "**FAIL**", check.what(), check.figures())));
        return rows.toString();
    }

    private String load() {
        List<Outcome> all = recording.outcomes();
        Percentiles latencies = new Percentiles(all.stream()
                .filter(outcome -> outcome.good() && outcome.kind().equals("get"))
                .mapToDouble(Outcome::millis)
                .toArray());
        long failed = all.stream().filter(outcome -> !outcome.good()).count();
        return String.format(
                Locale.ROOT,
                "Clients sent %d requests in %.0f s, at a constant rate; %d failed; GETs took %.1f ms (p50), %.1f ms (p99).",
                all.size(),
                recording.span().seconds(),
                failed,
                latencies.at(50),
                latencies.at(99));
    }

    /** Writes everything into a folder. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("report.md"), page());
        Files.writeString(folder.resolve("plot.svg"), Plot.of("drill " + name, recording, services));
        try (Writer out = table(folder.resolve("requests.csv.gz"))) {
            out.write("due_ms,latency_ms,kind,router,status,failure,vvm\n");
            for (Outcome one : recording.outcomes()) {
                out.write(String.format(
                        Locale.ROOT,
                        "%d,%.3f,%s,%s,%d,%s,%s%n",
                        one.due(),
                        one.millis(),
                        one.kind(),
                        one.router(),
                        one.status(),
                        one.failure(),
                        one.vvm()));
            }
        }
        try (Writer out = table(folder.resolve("timeline.csv.gz"))) {
            timelineRows(out);
        }
    }

    private void timelineRows(Writer out) throws IOException {
        out.write("at_ms,what,node,service,state,detail\n");
        for (Snapshot snapshot : recording.snapshots()) {
            for (Snapshot.Task task : snapshot.tasks()) {
                out.write("%d,task,%s,%s,%s,%s%n"
                        .formatted(snapshot.at(), task.node(), task.service(), task.state(), task.id()));
            }
        }
        for (View view : recording.views()) {
            out.write("%d,rebalancer,%s,%s,%s,%s%n"
                    .formatted(
                            view.at(),
                            view.node(),
                            view.active() ? "active" : "passive",
                            view.step(),
                            view.reason().replace(',', ';')));
        }
    }

    private static Writer table(Path file) throws IOException {
        return new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8);
    }
}
