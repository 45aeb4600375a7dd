package io.evenkeel.discovery.consul;

import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Services that are to be read once more, a few at a time; what is urgent goes first, and what is queued is not queued again.
 *
 * <p><b>Threading.</b> Confined to the scheduler.
 */
final class Rereads implements AutoCloseable {

    /** Fewer than {@link AgentConnections#PROMPT}, so that the pulse need not wait. */
    private static final int AT_A_TIME = 4;

    private final Surroundings around;
    private final BiConsumer<Followed, String> onFailure;
    private final Set<Followed> urgent = new LinkedHashSet<>();
    private final Set<Followed> others = new LinkedHashSet<>();
    private final Map<Followed, Asking<List<ServiceEntry>>> running = new HashMap<>();

    /** @param onFailure hears which service could not be read, and why */
    Rereads(Surroundings around, BiConsumer<Followed, String> onFailure) {
        this.around = around;
        this.onFailure = onFailure;
    }

    /** Reads these before all others. */
    void urgent(Collection<Followed> services) {
        others.removeAll(services);
        urgent.addAll(services);
        next();
    }

    /** Reads these when there is time. */
    void add(Collection<Followed> services) {
        services.stream().filter(each -> !urgent.contains(each)).forEach(others::add);
        next();
    }

    void forget(Followed service) {
        urgent.remove(service);
        others.remove(service);
        Asking<List<ServiceEntry>> asking = running.remove(service);
        if (asking != null) {
            asking.cancel();
        }
    }

    @Override
    public void close() {
        urgent.clear();
        others.clear();
        List.copyOf(running.keySet()).forEach(this::forget);
    }

    private void next() {
        while (running.size() < AT_A_TIME) {
            Followed service = poll(urgent);
            if (service == null) {
                service = poll(others);
            }
            if (service == null) {
                return;
            }
            read(service);
        }
    }

    /** One that is being read has to wait: it may have changed behind the answer that is under way. */
    private @Nullable Followed poll(Set<Followed> queue) {
        for (Iterator<Followed> each = queue.iterator(); each.hasNext(); ) {
            Followed service = each.next();
            if (!running.containsKey(service)) {
                each.remove();
                return service;
            }
        }
        return null;
    }

    private void read(Followed service) {
        Asking<List<ServiceEntry>> mine =
                around.agents().agent().ask(service.question(), Poll.unlessKnown(service.knownIndex()));
        running.put(service, mine);
        mine.reply()
                .whenComplete((reply, thrown) -> around.scheduler().execute(() -> onEnd(service, mine, reply, thrown)));
    }

    private void onEnd(
            Followed service,
            Asking<List<ServiceEntry>> mine,
            @Nullable Reply<List<ServiceEntry>> reply,
            @Nullable Throwable thrown) {
        if (!running.remove(service, mine)) {
            return;
        }
        if (reply != null) {
            service.onReread(reply);
        } else {
            onFailure.accept(service, AskFailure.of(thrown).line());
        }
        next();
    }
}
