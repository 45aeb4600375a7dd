package io.evenkeel.discovery.consul;

import io.evenkeel.config.EndpointSourceConfig.ConsulSource;
import java.util.List;

/**
 * The instances of one service, as a source hears of them.
 *
 * <p><b>Threading.</b> Confined to the scheduler.
 */
final class OneService implements Followed.Follower {

    private final Following following;
    private final ServiceKey key;
    private final Told told;

    OneService(Following following, String datacenter, ConsulSource config, Told told) {
        this.following = following;
        this.key = new ServiceKey(datacenter, config.service(), config.filter());
        this.told = told;
    }

    void start() {
        following.follow(key, this);
    }

    @Override
    public void onInstances(List<ServiceEntry> instances) {
        told.instances(instances);
    }

    @Override
    public void onFailure(String reason) {
        told.failure(reason);
    }

    void stop() {
        following.leave(key, this);
    }
}
