package io.evenkeel.cli;

/** The lines a command says to its user. They go to stderr at once; only results go to stdout. */
final class Console {

    /** Says a line that begins with the program's name. */
    static void say(String line) {
        System.err.println("evenkeel: " + line);
    }

    private Console() {}
}
