package io.evenkeel.config;

/**
 * Whether endpoints near the router are preferred. Where the router is, {@code runtime.node} and {@code runtime.zone} say.
 *
 * @param prefer what is near. none, node or zone, default none. node: on the router's own node, then in its zone; zone: in its zone.
 * @param zoneTag the tag of an endpoint that names its zone. Text, default zone.
 * @param spillPercent how much busier than those elsewhere near endpoints may be, per unit of weight, before traffic spills over. Count, 0 to 10000,
 *     default 150. More keeps more traffic near; less evens load.
 */
public record LocalityConfig(
        @Knob(byDefault = "none", need = Knob.Need.FREQUENT) Prefer prefer,
        @Knob(byDefault = "zone") String zoneTag,
        @Knob(byDefault = "150", max = "10000") int spillPercent) {

    /** What is near. */
    public enum Prefer {
        NONE,
        NODE,
        ZONE
    }

    /** What a file that says nothing gets. */
    public static LocalityConfig defaults() {
        return Binder.defaults(LocalityConfig.class);
    }
}
