package io.evenkeel.discovery.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of the Engine API, such as 1.41. Immutable. */
record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {

    /** The one this program was written for: the newest that Docker 20.10 speaks. */
    static final ApiVersion OURS = new ApiVersion(1, 41);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");

    private static final Comparator<ApiVersion> ORDER =
            Comparator.comparingInt(ApiVersion::major).thenComparingInt(ApiVersion::minor);

    /** The version to speak with an engine that gave this answer to {@code /version}: ours, unless it is too old or too new for that. */
    static ApiVersion agreed(JsonNode version) {
        ApiVersion newest = parse(version.path("ApiVersion").asText());
        String least = version.path("MinAPIVersion").asText();
        if (OURS.compareTo(newest) > 0) {
            return newest;
        }
        ApiVersion oldest = least.isEmpty() ? OURS : parse(least);
        return OURS.compareTo(oldest) < 0 ? oldest : OURS;
    }

    private static ApiVersion parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new EngineFailure("the API version is \"" + text + "\" (expected: one such as 1.41)");
        }
        return new ApiVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    @Override
    public int compareTo(ApiVersion other) {
        return ORDER.compare(this, other);
    }

    /** As it stands in paths: {@code 1.41}. */
    @Override
    public String toString() {
        return major + "." + minor;
    }
}
