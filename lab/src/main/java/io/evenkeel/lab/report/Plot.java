package io.evenkeel.lab.report;

import io.evenkeel.lab.record.Mark;
import io.evenkeel.lab.record.Recording;
import io.evenkeel.lab.record.Seconds;
import io.evenkeel.lab.record.Seconds.Second;
import io.evenkeel.lab.record.Snapshot;
import io.evenkeel.lab.record.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Draws a recording as SVG: tasks per node, latencies and failures over time. The same text for the same recording. */
public final class Plot {

    private static final int WIDTH = 960;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final String[] COLOURS = {"#2b6cb0", "#dd6b20", "#2f855a", "#805ad5"};

    private final StringBuilder svg = new StringBuilder();
    private final Recording recording;
    private final Span span;

    private Plot(Recording recording) {
        this.recording = recording;
        this.span = recording.span();
    }

    /** Of tasks of these services. */
    public static String of(String title, Recording recording, Set<String> services) {
        Plot plot = new Plot(recording);
        plot.draw(title, services);
        return plot.svg.toString();
    }

    private void draw(String title, Set<String> services) {
        List<Mark> marks = recording.marks();
        int height = 576 + marks.size() * 16;
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">\n",
                WIDTH, height);
        add("<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n");
        text(LEFT, 20, "start", title);
        tasks(new Panel(56, 150, 0, 4), services);
        List<Second> seconds = Seconds.of(recording.outcomes(), span).all();
        latencies(new Panel(246, 150, 0, 4), seconds);
        failures(new Panel(436, 80, 0, Math.max(1, mostFailed(seconds))), seconds);
        timeAxis(531);
        for (int i = 0; i < marks.size(); i++) {
            mark(i + 1, marks.get(i), 566 + 16 * i);
        }
        add("</svg>\n");
    }

    private static int mostFailed(List<Second> seconds) {
        return seconds.stream().mapToInt(Second::failed).max().orElse(0);
    }

    private void tasks(Panel panel, Set<String> services) {
        frame(panel, "running tasks per node", new double[] {0, 1, 2, 3, 4}, "%.0f");
        Set<String> nodes = new TreeSet<>();
        recording.snapshots().forEach(snapshot -> nodes.addAll(snapshot.nodes().keySet()));
        int colour = 0;
        for (String node : nodes) {
            List<double[]> points = new ArrayList<>();
            double last = -1;
            for (Snapshot snapshot : recording.snapshots()) {
                Integer count = snapshot.running(services).get(node);
                if (count != null) {
                    // lines of nodes that have as many lie side by side
                    double y = panel.y(Math.min(4, count)) + 2.5 * colour - 2.5;
                    if (last >= 0) {
                        points.add(new double[] {x(snapshot.at()), last});
                    }
                    points.add(new double[] {x(snapshot.at()), y});
                    last = y;
                }
            }
            line(points, COLOURS[colour % COLOURS.length]);
            key(panel, colour++, node);
        }
    }

    /** Logarithmic: a decade per tick, from 1 ms. */
    private void latencies(Panel panel, List<Second> seconds) {
        frame(panel, "latency of good answers, ms", new double[] {0, 1, 2, 3, 4}, "1e%.0f");
        List<double[]> middle = new ArrayList<>();
        List<double[]> high = new ArrayList<>();
        for (int i = 0; i < seconds.size(); i++) {
            double x = x(span.from() + 1000L * i + 500);
            if (seconds.get(i).p50() > 0) {
                middle.add(new double[] {x, panel.y(decades(seconds.get(i).p50()))});
                high.add(new double[] {x, panel.y(decades(seconds.get(i).p99()))});
            }
        }
        line(middle, COLOURS[0]);
        line(high, COLOURS[1]);
        key(panel, 0, "p50");
        key(panel, 1, "p99");
    }

    private static double decades(double millis) {
        return Math.min(4, Math.max(0, Math.log10(millis)));
    }

    private void failures(Panel panel, List<Second> seconds) {
        frame(panel, "failed requests per second", new double[] {0, panel.most}, "%.0f");
        for (int i = 0; i < seconds.size(); i++) {
            int failed = seconds.get(i).failed();
            if (failed > 0) {
                double top = panel.y(failed);
                add(
                        "<rect x=\"%.1f\" y=\"%.1f\" width=\"3\" height=\"%.1f\" fill=\"#c53030\"/>\n",
                        x(span.from() + 1000L * i), top, panel.top + panel.height - top);
            }
        }
    }

    private void timeAxis(int y) {
        double length = span.seconds();
        int step = length > 600 ? 60 : length > 200 ? 30 : 10;
        for (int second = 0; second <= length; second += step) {
            text(x(span.from() + 1000L * second), y, "middle", second + " s");
        }
    }

    private void mark(int number, Mark mark, int y) {
        double x = x(mark.at());
        add("<line x1=\"%.1f\" y1=\"38\" x2=\"%.1f\" y2=\"516\" stroke=\"#718096\" stroke-dasharray=\"3 3\"/>\n", x, x);
        text(x, 34, "middle", String.valueOf(number));
        text(
                LEFT,
                y,
                "start",
                String.format(Locale.ROOT, "%d: %.1f s %s", number, (mark.at() - span.from()) / 1e3, mark.what()));
    }

    private void frame(Panel panel, String title, double[] ticks, String format) {
        text(LEFT, panel.top - 6, "start", title);
        for (double tick : ticks) {
            double y = panel.y(tick);
            add("<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#e2e8f0\"/>\n", LEFT, y, WIDTH - RIGHT, y);
            text(LEFT - 6, y + 4, "end", String.format(Locale.ROOT, format, tick));
        }
    }

    private void key(Panel panel, int place, String name) {
        add(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"%s\">%s</text>\n",
                WIDTH - RIGHT - 50 * place, panel.top - 6, COLOURS[place % COLOURS.length], name);
    }

    private void line(List<double[]> points, String colour) {
        StringBuilder text = new StringBuilder();
        points.forEach(point -> text.append(String.format(Locale.ROOT, "%.1f,%.1f ", point[0], point[1])));
        add(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n",
                text.toString().strip(), colour);
    }

    private void text(double x, double y, String anchor, String text) {
        String safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", x, y, anchor, safe);
    }

    private double x(long at) {
        return LEFT + (WIDTH - LEFT - RIGHT) * (double) (at - span.from()) / Math.max(1, span.to() - span.from());
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }

    /** One of the plots above each other. */
    private record Panel(int top, int height, double least, double most) {

        double y(double value) {
            return top + height * (1 - (value - least) / (most - least));
        }
    }
}
