package io.evenkeel.rebalancer.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.config.RebalanceConfig;
import io.evenkeel.rebalancer.plan.Placement;
import io.evenkeel.rebalancer.plan.Platform;
import io.evenkeel.rebalancer.plan.Service;
import io.evenkeel.rebalancer.plan.Swap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a service to plan with out of a raw one, and says what must not be touched. Stateless. */
final class ServiceReader {

    /** How a service's tasks are moved: {@code surge}, {@code handoff} or {@code off}. */
    static final String LABEL = "evenkeel.rebalance";

    /** A replacement of tasks that somebody else has begun: any change would resume a paused one. */
    private static final Set<String> UPDATING = Set.of("updating", "paused", "rollback_started", "rollback_paused");

    private static final Pattern PINNED = Pattern.compile("\\s*node\\.(id|hostname)\\s*==.*");
    private static final Pattern SLOT = Pattern.compile("\\{\\{[^}]*\\.Task\\.(Slot|Name)");

    private final RebalanceConfig.Swap byDefault;

    ServiceReader(RebalanceConfig.Swap byDefault) {
        this.byDefault = byDefault;
    }

    /**
     * @param running how many of its tasks run
     * @param own the id of the rebalancer's own service
     */
    Service service(RawService raw, int running, String own) {
        JsonNode task = raw.spec().path("TaskTemplate");
        return new Service(
                raw.id(),
                raw.name(),
                raw.replicas(),
                placement(raw, task.path("Placement")),
                ClusterReader.resources(task.at("/Resources/Reservations")),
                wish(raw).equals("handoff") ? Swap.HANDOFF : Swap.SURGE,
                raw.id().equals(own) ? Optional.of("is the rebalancer itself") : untouchable(raw, running));
    }

    private String wish(RawService raw) {
        return raw.label(LABEL).orElse(byDefault.name().toLowerCase(Locale.ROOT));
    }

    private Optional<String> untouchable(RawService raw, int running) {
        String why = mode(raw);
        if (why == null) {
            why = wishes(raw);
        }
        if (why == null) {
            why = bound(raw.spec().path("TaskTemplate"));
        }
        return Optional.ofNullable(why == null ? busy(raw, running) : why);
    }

    private static @Nullable String mode(RawService raw) {
        JsonNode mode = raw.spec().path("Mode");
        if (mode.has("Global")) {
            return "global: one task on each node";
        }
        if (!mode.has("Replicated")) {
            return "a job";
        }
        return raw.replicas() == 0 ? "is to have no tasks" : null;
    }

    private @Nullable String wishes(RawService raw) {
        return switch (wish(raw)) {
            case "surge", "handoff" -> null;
            case "off" -> raw.label(LABEL).isPresent() ? "off by its label" : "off by rebalance.swap";
            default -> "its label " + LABEL + " is \"" + wish(raw) + "\" (expected: surge, handoff or off)";
        };
    }

    private static @Nullable String bound(JsonNode task) {
        for (JsonNode constraint : task.at("/Placement/Constraints")) {
            if (PINNED.matcher(constraint.asText()).matches()) {
                return "pinned by its constraint " + constraint.asText();
            }
        }
        for (JsonNode mount : task.at("/ContainerSpec/Mounts")) {
            boolean reads = mount.path("ReadOnly").asBoolean(false);
            if (!mount.path("Type").asText().equals("tmpfs") && !reads) {
                return "bound to a volume: " + mount.path("Target").asText();
            }
        }
        if (SLOT.matcher(task.toString()).find()) {
            return "its tasks differ by slot";
        }
        return task.at("/Resources/Reservations/GenericResources").isEmpty() ? null : "reserves generic resources";
    }

    /** Why its tasks are not where they are meant to be; null if they are, and for services without a number of tasks. */
    static @Nullable String busy(RawService raw, int running) {
        if (mode(raw) != null) {
            return null;
        }
        if (UPDATING.contains(raw.updateState())) {
            return "is being updated (" + raw.updateState() + ")";
        }
        if (raw.label(Journal.LABEL).isPresent()) {
            return "is being moved";
        }
        return running == raw.replicas() ? null : running + " of " + raw.replicas() + " tasks run";
    }

    private static Placement placement(RawService raw, JsonNode json) {
        List<String> constraints = new ArrayList<>();
        json.path("Constraints").forEach(one -> constraints.add(one.asText()));
        List<String> spreads = new ArrayList<>();
        json.path("Preferences")
                .forEach(one -> spreads.add(one.at("/Spread/SpreadDescriptor").asText()));
        List<Platform> platforms = new ArrayList<>();
        json.path("Platforms").forEach(one -> platforms.add(ClusterReader.platform(one)));
        Set<String> ports = new HashSet<>();
        raw.spec().at("/EndpointSpec/Ports").forEach(port -> {
            if (port.path("PublishMode").asText().equals("host")
                    && port.path("PublishedPort").asInt(0) > 0) {
                ports.add(port.path("Protocol").asText("tcp") + "/"
                        + port.path("PublishedPort").asInt());
            }
        });
        return new Placement(constraints, spreads, json.path("MaxReplicas").asInt(0), platforms, ports);
    }
}
