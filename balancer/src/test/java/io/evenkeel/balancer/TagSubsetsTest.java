package io.evenkeel.balancer;

import static io.evenkeel.balancer.Endpoints.reported;
import static io.evenkeel.config.RouteConfig.TagsFallback.ANY;
import static io.evenkeel.config.RouteConfig.TagsFallback.LOOSEN;
import static io.evenkeel.config.RouteConfig.TagsFallback.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.config.RouteConfig.TagsFallback;
import io.evenkeel.discovery.MergedEndpoint;
import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TagSubsetsTest {

    private final MergedEndpoint[] endpoints = {
        reported(0, 1, "", Map.of("role", "worker", "zone", "a")),
        reported(1, 1, "", Map.of("role", "worker", "zone", "b")),
        reported(2, 1, "", Map.of("role", "web", "zone", "a")),
        reported(3, 1, "", Map.of()),
        reported(4, 1, "", Map.of()),
        reported(5, 1, "", Map.of()),
    };
    private final TestUpstream test = new TestUpstream("balancer: { policy: round-robin }").with(endpoints);

    @Test
    void anEndpointMustHaveAllOfTheTags() {
        assertThat(test.picks(subset(NONE, "role", "worker"), 10)).isEqualTo(Map.of(0, 5, 1, 5));
        assertThat(test.picks(subset(NONE, "role", "worker", "zone", "a"), 10)).isEqualTo(Map.of(0, 10));
        assertThat(test.picks(subset(NONE, "role", "none"), 10)).isEmpty();
    }

    @Test
    void noTagsAreAllEndpoints() {
        assertThat(subset(NONE)).isSameAs(TagSubset.ALL);
        assertThat(test.picks(subset(NONE), 12)).hasSize(6);
    }

    @Test
    void whenNobodyUsableHasThemTheFallbackDecides() {
        test.fail(0);
        assertThat(test.picks(subset(NONE, "zone", "a", "role", "worker"), 10)).isEmpty();
        assertThat(test.picks(subset(ANY, "zone", "a", "role", "worker"), 10)).containsOnlyKeys(1, 2, 3, 4, 5);
        assertThat(test.picks(subset(LOOSEN, "zone", "a", "role", "worker"), 10))
                .containsOnlyKeys(2);
        assertThat(test.picks(subset(LOOSEN, "role", "worker", "zone", "a"), 10))
                .containsOnlyKeys(1);
        assertThat(test.picks(subset(LOOSEN, "x", "y"), 10)).containsOnlyKeys(1, 2, 3, 4, 5);
    }

    @Test
    void aSubsetFollowsWhatIsReported() {
        TagSubset workers = subset(NONE, "role", "worker");
        test.with(reported(7, 1, "", Map.of("role", "worker")), reported(8, 1, "", Map.of()));
        assertThat(test.picks(workers, 10)).containsOnlyKeys(7);
    }

    @Test
    void aSubsetIsThereInEverySnapshotAndEqualOnesAreTheSame() {
        TagSubset workers = subset(NONE, "role", "worker");
        assertThat(subset(NONE, "role", "worker")).isSameAs(workers);
        assertThat(subset(ANY, "role", "worker")).isNotSameAs(workers);
        assertThat(subset(LOOSEN, "a", "1", "b", "2")).isNotSameAs(subset(LOOSEN, "b", "2", "a", "1"));
        test.refresh();
        assertThat(test.picks(workers, 10)).containsOnlyKeys(0, 1);
    }

    @Test
    void aSubsetThatNobodyHoldsIsForgotten() {
        TagSubsets subsets = new TagSubsets();
        TagSubset kept = subsets.of(Map.of("role", "kept"), NONE);
        WeakReference<TagSubset> dropped = new WeakReference<>(subsets.of(Map.of("role", "dropped"), NONE));
        await().until(() -> {
            System.gc();
            return dropped.get() == null;
        });
        assertThat(subsets.wishes()).containsExactly(kept.wish());
    }

    @Test
    void noSnapshotKeepsASubsetAlive() {
        WeakReference<TagSubset> dropped = new WeakReference<>(subset(NONE, "role", "worker"));
        await().until(() -> {
            System.gc();
            return dropped.get() == null;
        });
        assertThat(test.upstream.snapshot().endpoints()).hasSize(6);
    }

    private TagSubset subset(TagsFallback fallback, String... tags) {
        Map<String, String> ordered = new LinkedHashMap<>();
        for (int i = 0; i < tags.length; i += 2) {
            ordered.put(tags[i], tags[i + 1]);
        }
        return test.upstream.subset(ordered, fallback);
    }
}
