package io.evenkeel.proxy.affinity;

import java.util.Map;

/** The tags that a route wants its endpoints to have. Immutable; allocates nothing when asked. */
final class RequiredTags {

    private final String[] names;
    private final String[] values;

    RequiredTags(Map<String, String> wanted) {
        names = wanted.keySet().toArray(String[]::new);
        values = wanted.values().toArray(String[]::new);
    }

    /** Whether all of them are among these. */
    boolean in(Map<String, String> tags) {
        for (int i = 0; i < names.length; i++) {
            if (!values[i].equals(tags.get(names[i]))) {
                return false;
            }
        }
        return true;
    }
}
