package io.evenkeel.balancer.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Draws bars and lines as SVG, the same text for the same numbers. */
final class SvgPlot {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 300;
    private static final int LEFT = 60;
    private static final int RIGHT = 20;
    private static final int TOP = 56;
    private static final int BOTTOM = 40;
    private static final String[] COLOURS = {"#2b6cb0", "#dd6b20", "#718096", "#2f855a"};

    private final StringBuilder svg = new StringBuilder();
    private final boolean logarithmic;
    private final double least;
    private final double most;

    /** Named values, one per place on the x axis. */
    record Series(String name, List<Double> values) {

        static Series of(String name, double... values) {
            return new Series(name, Arrays.stream(values).boxed().toList());
        }
    }

    private SvgPlot(String title, boolean logarithmic, double least, double most) {
        this.logarithmic = logarithmic;
        this.least = least;
        this.most = most;
        svg.append(
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="#fff"/>
                <text x="%d" y="20" font-size="14">%s</text>
                """
                        .formatted(WIDTH, HEIGHT, LEFT, title));
    }

    /** Groups of bars, one bar per series, the value above each. */
    static String bars(String title, List<String> places, double[] ticks, List<Series> series) {
        SvgPlot plot = new SvgPlot(title, ticks[0] > 0, ticks[0], ticks[ticks.length - 1]);
        plot.axis(ticks);
        double slot = (double) (WIDTH - LEFT - RIGHT) / places.size();
        double width = slot * 0.7 / series.size();
        for (int place = 0; place < places.size(); place++) {
            for (int i = 0; i < series.size(); i++) {
                double x = LEFT + slot * (place + 0.15) + width * i;
                plot.bar(x, width, series.get(i).values().get(place), COLOURS[i]);
            }
            plot.text(LEFT + slot * (place + 0.5), HEIGHT - BOTTOM + 18, "middle", places.get(place));
        }
        return plot.end(series);
    }

    /** A line per series over evenly spaced places. */
    static String lines(String title, List<String> places, double[] ticks, List<Series> series) {
        SvgPlot plot = new SvgPlot(title, ticks[0] > 0, ticks[0], ticks[ticks.length - 1]);
        plot.axis(ticks);
        double step = (double) (WIDTH - LEFT - RIGHT) / (places.size() - 1);
        for (int place = 0; place < places.size(); place++) {
            plot.text(LEFT + step * place, HEIGHT - BOTTOM + 18, "middle", places.get(place));
        }
        for (int i = 0; i < series.size(); i++) {
            StringBuilder points = new StringBuilder();
            for (int place = 0; place < places.size(); place++) {
                points.append(format(
                        "%.1f,%.1f ",
                        LEFT + step * place, plot.y(series.get(i).values().get(place))));
            }
            plot.svg.append(format(
                    "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n",
                    points.toString().strip(), COLOURS[i]));
        }
        return plot.end(series);
    }

    private void axis(double[] ticks) {
        for (double tick : ticks) {
            svg.append(format(
                    "<path d=\"M%d %.1fH%d\" stroke=\"%s\"/>\n",
                    LEFT, y(tick), WIDTH - RIGHT, tick == 0 ? "#4a5568" : "#e2e8f0"));
            text(LEFT - 6, y(tick) + 4, "end", number(tick));
        }
    }

    private void bar(double x, double width, double value, String colour) {
        double from = y(logarithmic ? least : 0);
        double to = y(value);
        svg.append(format(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>\n",
                x, Math.min(from, to), width - 2, Math.abs(from - to), colour));
        text(x + width / 2 - 1, to < from ? to - 4 : to + 13, "middle", number(value));
    }

    private double y(double value) {
        double within = Math.max(least, Math.min(most, value));
        double share = logarithmic
                ? StrictMath.log(within / least) / StrictMath.log(most / least)
                : (within - least) / (most - least);
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
    }

    private void text(double x, double y, String anchor, String text) {
        svg.append(format("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", x, y, anchor, text));
    }

    private String end(List<Series> series) {
        int x = LEFT;
        for (int i = 0; i < series.size(); i++) {
            svg.append(format("<rect x=\"%d\" y=\"30\" width=\"12\" height=\"12\" fill=\"%s\"/>\n", x, COLOURS[i]));
            text(x + 17, 41, "start", series.get(i).name());
            x += 40 + 7 * series.get(i).name().length();
        }
        return svg.append("</svg>\n").toString();
    }

    private static String number(double value) {
        return Math.abs(value) >= 100 || value == Math.rint(value) ? format("%.0f", value) : format("%.1f", value);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
