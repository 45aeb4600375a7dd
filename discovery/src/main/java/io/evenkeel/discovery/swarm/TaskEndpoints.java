package io.evenkeel.discovery.swarm;

import io.evenkeel.config.EndpointSourceConfig.SwarmSource;
import io.evenkeel.discovery.AddressOrder;
import io.evenkeel.discovery.Endpoint;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The endpoints that a picture has for one source: the tasks that are running and should be, at the addresses where the source means
 * them. One on a node that the manager takes for dead is critical, although Swarm lists it as running for as long as the node is silent.
 */
final class TaskEndpoints {

    private final SwarmSource source;
    private final String network;

    /** @param network the network that is meant where neither the source nor a label names one; empty: the only one */
    TaskEndpoints(SwarmSource source, String network) {
        this.source = source;
        this.network = network;
    }

    /**
     * What was found.
     *
     * @param any whether any of the services that are meant is there
     * @param missing which services are not, a line each
     * @param unusable why tasks that serve have no endpoint, a line for each service
     */
    record Found(boolean any, List<Endpoint> endpoints, List<String> missing, List<String> unusable) {

        List<String> problems() {
            return Stream.concat(missing.stream(), unusable.stream()).toList();
        }
    }

    /** The part of a picture that matters: while it stays equal, so does what is found in it. */
    SwarmPicture relevant(SwarmPicture picture) {
        List<SwarmService> meant =
                picture.services().stream().filter(this::means).toList();
        Map<String, List<SwarmTask>> tasks = new HashMap<>();
        meant.forEach(service -> tasks.put(service.id(), picture.tasksOf(service)));
        return new SwarmPicture(picture.nodes(), meant, tasks);
    }

    /** What there is in the relevant part of a picture. */
    Found in(SwarmPicture relevant) {
        List<String> unusable = new ArrayList<>();
        List<SwarmService> meant = relevant.services();
        List<Endpoint> endpoints = meant.stream()
                .flatMap(service -> tasks(relevant, service, unusable).stream())
                .map(TaskEndpoint::endpoint)
                .sorted(AddressOrder.OF_ENDPOINTS)
                .toList();
        return new Found(!meant.isEmpty(), endpoints, missing(meant), unusable);
    }

    /**
     * The tasks of one service that have an endpoint. Replicas of a service share their trouble: the first one's is told.
     *
     * @param unusable gets a line when others serve but have none
     */
    List<TaskEndpoint> tasks(SwarmPicture picture, SwarmService service, List<String> unusable) {
        String problem = "";
        List<TaskEndpoint> tasks = new ArrayList<>();
        for (SwarmTask task : picture.tasksOf(service)) {
            if (task.serving()) {
                try {
                    tasks.add(new TaskEndpoint(service, task, endpoint(picture, service, task)));
                } catch (NoAddress e) {
                    problem = problem.isEmpty() ? e.reason() : problem;
                }
            }
        }
        if (!problem.isEmpty()) {
            unusable.add("service " + service.name() + " " + problem);
        }
        return tasks;
    }

    private boolean means(SwarmService service) {
        return source.services().isEmpty()
                ? service.labels().upstream().equals(source.upstream())
                : source.services().contains(service.name());
    }

    private List<String> missing(List<SwarmService> meant) {
        if (source.services().isEmpty()) {
            return meant.isEmpty()
                    ? List.of("no service has the label evenkeel.upstream=" + source.upstream())
                    : List.of();
        }
        Set<String> there = meant.stream().map(SwarmService::name).collect(Collectors.toSet());
        return source.services().stream()
                .filter(name -> !there.contains(name))
                .map(name -> "there is no service " + name)
                .toList();
    }

    private Endpoint endpoint(SwarmPicture picture, SwarmService service, SwarmTask task) {
        Optional<SwarmNode> node = Optional.ofNullable(picture.nodes().get(task.nodeId()));
        InetSocketAddress address = address(service).of(task, node);
        boolean lost = node.map(SwarmNode::lost).orElse(false);
        return new Endpoint(
                address,
                service.labels().settings().weight(),
                node.map(SwarmNode::hostname),
                tags(service, task),
                lost ? Endpoint.Health.CRITICAL : Endpoint.Health.PASSING);
    }

    private TaskAddress address(SwarmService service) {
        String label = service.labels().settings().network();
        String meant = !source.network().isEmpty() ? source.network() : !label.isEmpty() ? label : network;
        int port =
                source.port() != 0 ? source.port() : service.labels().settings().port();
        return new TaskAddress(meant, port);
    }

    private static Map<String, String> tags(SwarmService service, SwarmTask task) {
        Map<String, String> tags = new HashMap<>(service.labels().settings().tagValues());
        tags.put("swarm.service", service.name());
        tags.put("swarm.node", task.nodeId());
        tags.put("swarm.task", task.id());
        return tags;
    }
}
