package io.evenkeel.perf.faults;

import java.io.PrintStream;
import java.util.Locale;

/** What was found of one case, as rows: case, proxy, what is required, what was measured, whether that is enough. */
final class Findings {

    private final PrintStream out;
    private final String fault;
    private final String proxy;

    Findings(PrintStream out, String fault, String proxy) {
        this.out = out;
        this.fault = fault;
        this.proxy = proxy;
    }

    /** A figure that has a bar. */
    void judge(String required, boolean reached, String format, Object... values) {
        row(required, reached ? "pass" : "missed", format, values);
    }

    /** A figure that has none. */
    void note(String what, String format, Object... values) {
        row(what, "-", format, values);
    }

    private void row(String what, String verdict, String format, Object... values) {
        out.println(
                String.join("\t", "finding", fault, proxy, what, String.format(Locale.ROOT, format, values), verdict));
    }
}
