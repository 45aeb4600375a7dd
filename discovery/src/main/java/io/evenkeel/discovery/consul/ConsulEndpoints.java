package io.evenkeel.discovery.consul;

import io.evenkeel.config.ConsulConfig;
import io.evenkeel.config.EndpointSourceConfig.ConsulSource;
import io.evenkeel.discovery.EndpointSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The instances that one source of the configuration means: those of a service, or of all services that have such.
 *
 * <p><b>Threading.</b> Confined to the scheduler.
 */
final class ConsulEndpoints implements EndpointSource {

    private final ConsulSources sources;
    private final ConsulConfig shared;
    private final ConsulSource config;
    private final String datacenter;
    private @Nullable Runnable stop;

    ConsulEndpoints(ConsulSources sources, ConsulConfig shared, ConsulSource config) {
        this.sources = sources;
        this.shared = shared;
        this.config = config;
        this.datacenter = config.datacenter().isEmpty() ? shared.datacenter() : config.datacenter();
    }

    /** What is asked for, such as {@code consul:vvm}, {@code consul:vvm@dc2} or {@code consul:tags=primary}. */
    @Override
    public String name() {
        String where = config.datacenter().isEmpty() ? "" : "@" + config.datacenter();
        return "consul:" + (config.service().isEmpty() ? wanted() : config.service()) + where;
    }

    @Override
    public void start(Listener listener) {
        Following following;
        try {
            following = sources.acquire(shared);
        } catch (IllegalArgumentException e) {
            listener.onFailure(OneLine.of(String.valueOf(e.getMessage()), 300));
            return;
        }
        Told told = new Told(name(), config, listener);
        if (config.service().isEmpty()) {
            ChosenServices chosen = new ChosenServices(following, datacenter, config, told);
            stop = chosen::stop;
            chosen.start();
        } else {
            OneService service = new OneService(following, datacenter, config, told);
            stop = service::stop;
            service.start();
        }
    }

    @Override
    public void close() {
        if (stop != null) {
            stop.run();
            stop = null;
            sources.release(shared);
        }
    }

    private String wanted() {
        List<String> wanted = new ArrayList<>();
        if (!config.tags().isEmpty()) {
            wanted.add("tags=" + config.tags());
        }
        config.meta().forEach(pair -> wanted.add("meta." + pair.key() + "=" + pair.value()));
        if (!config.filter().isEmpty()) {
            wanted.add("filter=" + config.filter());
        }
        return String.join(", ", wanted);
    }
}
