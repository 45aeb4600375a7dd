package io.evenkeel.discovery.consul;

import io.evenkeel.config.EndpointSourceConfig.ConsulSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The instances of all services that may have some that a source means. They are told when all of these services have been heard of, and then
 * at every change.
 *
 * <p><b>Threading.</b> Confined to the scheduler.
 */
final class ChosenServices implements CatalogWatch.Listener {

    private final Following following;
    private final String datacenter;
    private final ConsulSource config;
    private final Choice choice;
    private final Told told;
    private final Map<String, Member> members = new LinkedHashMap<>();

    /** Several members that answer before the catalog is through are told once. */
    private boolean choosing;

    ChosenServices(Following following, String datacenter, ConsulSource config, Told told) {
        this.following = following;
        this.datacenter = datacenter;
        this.config = config;
        this.choice = new Choice(config);
        this.told = told;
    }

    void start() {
        following.catalog(datacenter).add(this);
    }

    @Override
    public void onCatalog(Map<String, List<String>> tagsByService, boolean moved) {
        choosing = true;
        List<String> gone = members.keySet().stream()
                .filter(name -> !mayMean(tagsByService.get(name)))
                .toList();
        gone.forEach(name -> members.remove(name).leave());
        tagsByService.forEach((name, tags) -> {
            if (mayMean(tags) && !members.containsKey(name)) {
                members.put(name, new Member(new ServiceKey(datacenter, name, config.filter())));
                members.get(name).follow();
            }
        });
        choosing = false;
        tell();
    }

    @Override
    public void onCatalogFailure(String reason) {
        told.failure(reason);
    }

    void stop() {
        following.catalog(datacenter).remove(this);
        members.values().forEach(Member::leave);
        members.clear();
    }

    private boolean mayMean(@Nullable Collection<String> tags) {
        return tags != null && choice.mayMean(tags);
    }

    /** What failed keeps its last instances, and the failure has the last word. */
    private void tell() {
        if (choosing || !members.values().stream().allMatch(member -> member.instances.isPresent())) {
            return;
        }
        told.instances(members.values().stream()
                .flatMap(member -> member.instances.orElseThrow().stream())
                .toList());
        members.values().stream()
                .flatMap(member -> member.failure.stream())
                .findFirst()
                .ifPresent(told::failure);
    }

    /** One of the services. */
    private final class Member implements Followed.Follower {

        private final ServiceKey key;
        private Optional<List<ServiceEntry>> instances = Optional.empty();
        private Optional<String> failure = Optional.empty();

        Member(ServiceKey key) {
            this.key = key;
        }

        void follow() {
            following.follow(key, this);
        }

        void leave() {
            following.leave(key, this);
        }

        @Override
        public void onInstances(List<ServiceEntry> all) {
            instances = Optional.of(all);
            failure = Optional.empty();
            tell();
        }

        @Override
        public void onFailure(String reason) {
            failure = Optional.of(reason);
            told.failure(reason);
        }
    }
}
