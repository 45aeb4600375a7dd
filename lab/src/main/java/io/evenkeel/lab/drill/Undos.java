package io.evenkeel.lab.drill;

import io.evenkeel.lab.cluster.Command;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * What must be done when a drill ends, however it does.
 *
 * <p><b>Threading.</b> Confined to the drill's thread.
 */
final class Undos {

    private final Consumer<String> say;
    private final Deque<Undo> undos = new ArrayDeque<>();

    private record Undo(String what, Runnable how) {}

    /** @param say where to tell what could not be done */
    Undos(Consumer<String> say) {
        this.say = say;
    }

    void add(String what, Runnable how) {
        undos.push(new Undo(what, how));
    }

    /** Does them, the last first, and forgets them. What fails is told, and the rest is done. */
    void run() {
        Thread.interrupted(); // that ended the drill; this is to be done in any case
        while (!undos.isEmpty()) {
            Undo undo = undos.pop();
            try {
                undo.how().run();
            } catch (Command.Failure | NotInTime e) {
                say.accept("cannot " + undo.what() + ": " + e.getMessage());
            }
        }
    }
}
