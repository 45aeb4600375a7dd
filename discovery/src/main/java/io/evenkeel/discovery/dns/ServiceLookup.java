package io.evenkeel.discovery.dns;

import io.evenkeel.discovery.AddressOrder;
import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.Lookup;
import io.evenkeel.discovery.LookupFailure;
import io.evenkeel.discovery.dns.DnsAnswer.Service;
import io.netty.handler.codec.dns.DnsRecordType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SRV records of a name: an endpoint for each address of each target, at the record's port and with its weight. Only the records of
 * the best priority count. A target that cannot be resolved keeps the addresses it had.
 *
 * <p><b>Threading.</b> One lookup at a time; answers are handled on the DNS event loop.
 *
 * <p><b>Spec.</b> RFC 2782.
 */
final class ServiceLookup implements Lookup {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceLookup.class);

    /** Bounds the questions one answer can cause, two for each target whose addresses did not come with it. */
    private static final int MAX_TARGETS = 256;

    /** Weights in SRV go to 65,535, ours to 1,000. */
    private static final int MAX_WEIGHT = 1_000;

    private final DnsClient client;
    private final Supplier<ResolvConf> conf;
    private final SearchedName name;
    private final Duration timeout;
    private Map<String, Set<InetAddress>> lastGood = Map.of();

    /**
     * A lookup that has not been made yet.
     *
     * @param conf asked before each lookup
     * @param timeout for each server and question
     */
    ServiceLookup(DnsClient client, Supplier<ResolvConf> conf, String name, Duration timeout) {
        this.client = client;
        this.conf = conf;
        this.name = new SearchedName(name);
        this.timeout = timeout;
    }

    @Override
    public CompletionStage<List<Endpoint>> endpoints() {
        ResolvConf current = conf.get();
        return name.firstAnswer(current, absolute -> client.ask(current.servers(), absolute, DnsRecordType.SRV, timeout)
                .thenCompose(answer -> resolve(current, absolute, answer)));
    }

    private CompletionStage<List<Endpoint>> resolve(ResolvConf current, String absolute, DnsAnswer answer) {
        List<Service> services = usable(absolute, answer);
        Map<String, CompletableFuture<Set<InetAddress>>> targets = new HashMap<>();
        for (Service service : services) {
            targets.computeIfAbsent(service.target(), target -> addresses(current, answer, target));
        }
        return CompletableFuture.allOf(targets.values().toArray(CompletableFuture[]::new))
                .thenApply(done -> endpoints(absolute, services, targets));
    }

    private static List<Service> usable(String absolute, DnsAnswer answer) {
        LookupFailure nameError = answer.nameError();
        if (nameError != null) {
            throw nameError;
        }
        int best = answer.services().stream().mapToInt(Service::priority).min().orElse(0);
        List<Service> services = answer.services().stream()
                .filter(service ->
                        service.priority() == best && !service.target().equals("."))
                .toList();
        if (services.isEmpty()) {
            throw LookupFailure.nothingThere("SRV " + absolute + ": no such records");
        }
        if (services.stream().map(Service::target).distinct().count() > MAX_TARGETS) {
            throw LookupFailure.noAnswer("SRV " + absolute + ": more than " + MAX_TARGETS + " targets");
        }
        return services;
    }

    private CompletableFuture<Set<InetAddress>> addresses(ResolvConf current, DnsAnswer answer, String target) {
        Set<InetAddress> sentAlong = answer.addressesOf(target);
        if (!sentAlong.isEmpty()) {
            return CompletableFuture.completedFuture(sentAlong);
        }
        return DnsAddresses.ask(client, current.servers(), target, timeout)
                .thenApply(found -> found.both().isEmpty() ? remembered(target, found) : found.both())
                .toCompletableFuture();
    }

    private Set<InetAddress> remembered(String target, DnsAddresses found) {
        Set<InetAddress> known = lastGood.getOrDefault(target, Set.of());
        LOG.debug(
                "SRV target {}: {}; addresses kept: {}",
                target,
                found.failure(target).reason(),
                known.size());
        return known;
    }

    private List<Endpoint> endpoints(
            String absolute, List<Service> services, Map<String, CompletableFuture<Set<InetAddress>>> targets) {
        Map<String, Set<InetAddress>> resolved = new HashMap<>();
        targets.forEach((target, addresses) -> resolved.put(target, addresses.join()));
        int heaviest = services.stream().mapToInt(Service::weight).max().orElse(0);
        List<Endpoint> endpoints = services.stream()
                .flatMap(service -> resolved.getOrDefault(service.target(), Set.of()).stream()
                        .map(address -> endpoint(address, service, heaviest)))
                .sorted(AddressOrder.OF_ENDPOINTS.thenComparing(Comparator.comparingInt(Endpoint::weight)))
                .distinct()
                .toList();
        if (endpoints.isEmpty()) {
            throw LookupFailure.noAnswer("SRV " + absolute + ": none of its targets has an address");
        }
        lastGood = resolved;
        return endpoints;
    }

    private static Endpoint endpoint(InetAddress address, Service service, int heaviest) {
        long weight = heaviest <= MAX_WEIGHT ? service.weight() : (long) service.weight() * MAX_WEIGHT / heaviest;
        return Endpoint.at(new InetSocketAddress(address, service.port())).withWeight((int) Math.max(1, weight));
    }
}
