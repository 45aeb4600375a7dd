package io.evenkeel.lab.drill;

import java.util.List;

/** The drills there are. Stateless. */
final class Drills {

    private Drills() {}

    static List<Drill> all() {
        return List.of(
                NodeFails.cut(),
                NodeFails.kill(),
                NodeFails.pause(),
                new Flap(),
                new Crash(),
                new Leader(),
                new Deploy(),
                new Unhealthy(),
                new ConsulDown(),
                new Two(),
                new Single(),
                new Join());
    }

    /** Those of these names, in their order; none if one is not known. */
    static List<Drill> named(List<String> names) {
        if (names.equals(List.of("all"))) {
            return all();
        }
        List<Drill> found = names.stream()
                .flatMap(name -> all().stream().filter(drill -> drill.name().equals(name)))
                .toList();
        return found.size() == names.size() ? found : List.of();
    }
}
