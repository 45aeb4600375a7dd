package io.evenkeel.conformance;

import java.io.IOException;
import java.util.List;

/** The command {@code evenkeel vvm}: an HTTP/1.1 endpoint that answers everything. */
final class VvmProgram implements AutoCloseable {

    private final Program program;

    private VvmProgram(Program program) {
        this.program = program;
    }

    static VvmProgram start() throws IOException {
        return new VvmProgram(Program.start(List.of(
                House.java(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-jar",
                House.jar().toString(),
                "vvm",
                "--port",
                "0")));
    }

    int port() {
        return Integer.parseInt(
                program.awaitLine("ready on http://127\\.0\\.0\\.1:(\\d+)").group(1));
    }

    @Override
    public void close() {
        program.close();
    }
}
