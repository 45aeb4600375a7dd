package io.evenkeel.discovery.consul;

import io.evenkeel.config.EndpointSourceConfig.ConsulSource;
import io.evenkeel.config.KeyValue;
import io.evenkeel.config.TagExpression;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Which instances a source means, by their tags and metadata. Immutable. */
final class Choice {

    private static final Pattern NOT = Pattern.compile("(^|[\\s()])not([\\s()]|$)");

    private final TagExpression tags;
    private final List<KeyValue> meta;
    private final boolean onlyWants;

    /** Of a configuration that was checked. */
    Choice(ConsulSource config) {
        this.tags = TagExpression.parse(config.tags());
        this.meta = config.meta();
        this.onlyWants = !NOT.matcher(config.tags()).find();
    }

    boolean means(ServiceEntry.Instance instance) {
        Map<String, String> has = instance.meta();
        return tags.test(instance.tags())
                && meta.stream().allMatch(wanted -> wanted.value().equals(has.get(wanted.key())));
    }

    /**
     * Whether a service with these tags, spread over all its instances, may have an instance that is meant. What must <em>not</em> be there
     * rules nothing out: another instance may lack it.
     */
    boolean mayMean(Collection<String> tagsOfService) {
        return !onlyWants || tags.test(tagsOfService);
    }
}
