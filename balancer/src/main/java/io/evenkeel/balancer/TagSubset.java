package io.evenkeel.balancer;

import io.evenkeel.config.RouteConfig.TagsFallback;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of an upstream that have certain tags, whichever they are at a time. A route holds one; snapshots have a picker for it as long as
 * anybody does. Immutable.
 */
public final class TagSubset {

    /** Of every upstream: all of its endpoints. */
    public static final TagSubset ALL = new TagSubset(null);

    /** What snapshots know the subset by, so that none of them keeps the subset itself alive. */
    private final @Nullable Wish wish;

    /**
     * What is asked for. Known by identity in snapshots.
     *
     * @param tags in the order in which the configuration has them
     * @param fallback what serves when no usable endpoint has them all
     */
    record Wish(List<Map.Entry<String, String>> tags, TagsFallback fallback) {}

    TagSubset(@Nullable Wish wish) {
        this.wish = wish;
    }

    /** Null: for all endpoints. */
    @Nullable
    Wish wish() {
        return wish;
    }

    @Override
    public String toString() {
        return wish == null ? "" : wish.tags().toString();
    }
}
