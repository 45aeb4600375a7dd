package io.evenkeel.rebalancer.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.rebalancer.plan.Move;
import io.evenkeel.rebalancer.plan.Plan;
import java.util.Locale;

/** Renders {@code /rebalance}. Stateless. */
final class ReportJson {

    private ReportJson() {}

    static String render(Report.Now now) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("at", now.at().toString())
                .put("active", now.active())
                .put("reason", now.reason());
        Report.Current current = now.current();
        if (current == null) {
            json.putNull("step");
        } else {
            json.put("step", text(current.step())).put("since", current.since().toString());
            json.set("move", move(current.move()));
        }
        Plan plan = now.plan();
        if (plan != null) {
            json.set("plan", plan(plan));
        }
        ArrayNode history = json.putArray("history");
        now.history()
                .forEach(past -> history.add(
                        move(past.move()).put("at", past.at().toString()).put("result", past.result())));
        return json.toPrettyString() + "\n";
    }

    private static ObjectNode plan(Plan plan) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode moves = json.putArray("moves");
        plan.moves().forEach(move -> moves.add(move(move)));
        ArrayNode alone = json.putArray("left_alone");
        plan.leftAlone()
                .forEach(one -> alone.addObject().put("service", one.service()).put("why", one.why()));
        ArrayNode nodes = json.putArray("nodes");
        plan.loads().forEach(load -> nodes.addObject()
                .put("node", load.hostname())
                .put("before", load.before())
                .put("after", load.after()));
        return json;
    }

    private static ObjectNode move(Move move) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("service", move.service())
                .put("method", text(move.method()))
                .put("from", move.from())
                .put("to", move.to())
                .put("task", move.taskId())
                .put("pinned", move.pinned())
                .put("why", move.why());
    }

    private static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
