package io.evenkeel.balancer;

import io.evenkeel.config.RouteConfig.TagsFallback;
import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tag subsets of one upstream that somebody holds. Equal ones are the same; those that nobody holds any more are forgotten. Not thread-safe. */
final class TagSubsets {

    private final Map<TagSubset.Wish, WeakReference<TagSubset>> held = new LinkedHashMap<>();

    /** The subset of endpoints with these tags. */
    TagSubset of(Map<String, String> tags, TagsFallback fallback) {
        if (tags.isEmpty()) {
            return TagSubset.ALL;
        }
        TagSubset.Wish wish = new TagSubset.Wish(
                tags.entrySet().stream()
                        .map(tag -> Map.entry(tag.getKey(), tag.getValue()))
                        .toList(),
                fallback);
        WeakReference<TagSubset> reference = held.get(wish);
        TagSubset known = reference == null ? null : reference.get();
        if (known != null) {
            return known;
        }
        TagSubset made = new TagSubset(wish);
        held.remove(wish);
        held.put(wish, new WeakReference<>(made));
        return made;
    }

    /** What those that are held ask for. */
    List<TagSubset.Wish> wishes() {
        held.values().removeIf(reference -> reference.get() == null);
        return List.copyOf(held.keySet());
    }
}
