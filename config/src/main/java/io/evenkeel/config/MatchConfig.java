package io.evenkeel.config;

import java.util.List;
import java.util.Optional;

/**
 * What a request must look like; all given parts must match, an absent part matches everything.
 *
 * @param hosts hosts, one of which must match. Hosts, default none. Exact or {@code *.example.org}, which stands for
 *     any host below example.org; lower-cased, without port.
 * @param path the whole path. Path, default none. Not together with {@code path-prefix}.
 * @param pathPrefix what the path begins with. Path, default none.
 * @param methods methods, one of which must match. Methods, default none.
 * @param headers fields, all of which must match; none: any request.
 */
public record MatchConfig(
        @Knob(format = TextFormat.HOST, need = Knob.Need.ESSENTIAL) List<String> hosts,
        @Knob(format = TextFormat.PATH, need = Knob.Need.FREQUENT) Optional<String> path,
        @Knob(format = TextFormat.PATH, need = Knob.Need.ESSENTIAL) Optional<String> pathPrefix,
        @Knob(format = TextFormat.METHOD) List<String> methods,
        @Knob List<HeaderMatch> headers) {

    /** Keeps its own copies of the lists. */
    public MatchConfig {
        hosts = List.copyOf(hosts);
        methods = List.copyOf(methods);
        headers = List.copyOf(headers);
    }

    /** Matches everything. */
    public static MatchConfig defaults() {
        return Binder.defaults(MatchConfig.class);
    }
}
