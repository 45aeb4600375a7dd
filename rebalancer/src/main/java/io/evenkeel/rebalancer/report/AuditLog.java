package io.evenkeel.rebalancer.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.rebalancer.swarm.RawService;
import io.evenkeel.rebalancer.swarm.Swarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Each change that is asked of Swarm, a line of JSON before and one after it. Of the specification only what may change is told, never what its containers
 * are given.
 *
 * <p><b>Threading.</b> Confined to the thread that writes.
 */
public final class AuditLog implements Swarm.Writes {

    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

    private final String file;
    private final Clock clock;
    private final Runnable counter;

    /**
     * @param file where the lines go, at its end; empty: into the log
     * @param counter hears of each change that was made
     */
    public AuditLog(String file, Clock clock, Runnable counter) {
        this.file = file;
        this.clock = clock;
        this.counter = counter;
    }

    @Override
    public void onWrite(RawService service, JsonNode spec, String why) {
        ObjectNode line = line(service, why);
        line.put("version", service.version());
        line.set("before", changing(service.spec()));
        line.set("after", changing(spec));
        write(line);
    }

    @Override
    public void onWritten(RawService service, String why, String outcome) {
        if (outcome.equals("done")) {
            counter.run();
        }
        write(line(service, why).put("outcome", outcome));
    }

    private ObjectNode line(RawService service, String why) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("at", clock.instant().toString())
                .put("service", service.name())
                .put("id", service.id())
                .put("why", why);
    }

    private static ObjectNode changing(JsonNode spec) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.set("replicas", spec.at("/Mode/Replicated/Replicas"));
        fields.set("force", spec.at("/TaskTemplate/ForceUpdate"));
        fields.set("constraints", spec.at("/TaskTemplate/Placement/Constraints"));
        fields.set("order", spec.at("/UpdateConfig/Order"));
        fields.set("journal", spec.at("/Labels/evenkeel.rebalance.journal"));
        fields.properties().removeIf(field -> field.getValue().isMissingNode());
        return fields;
    }

    private void write(ObjectNode line) {
        if (file.isEmpty()) {
            LOG.info("audit: {}", line);
            return;
        }
        try {
            Files.writeString(Path.of(file), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            LOG.error("audit: {} cannot be written ({}): {}", file, e.getMessage(), line);
        }
    }
}
