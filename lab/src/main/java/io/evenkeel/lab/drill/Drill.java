package io.evenkeel.lab.drill;

import java.util.Set;

/** One way in which a cluster can get into trouble, and what must come of it. */
interface Drill {

    /** The services that are replicated and have none of a drill's own. */
    Set<String> VVM = Set.of("vvm");

    /** What it is called. */
    String name();

    /** What is tried and what must come of it, for somebody who has never seen the project. */
    String about();

    /** The services whose tasks are looked at. */
    default Set<String> services() {
        return VVM;
    }

    /** Makes ready what the load needs, before it begins. */
    default void prepare(Stage stage) {}

    /** Does it, under load, and judges it. What it leaves to be undone it has told the stage. */
    void play(Stage stage);
}
