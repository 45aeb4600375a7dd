package io.evenkeel.rebalancer.report;

import io.evenkeel.rebalancer.plan.Move;
import io.evenkeel.rebalancer.plan.Plan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A plan for people to read. Stateless. */
public final class PlanTable {

    private PlanTable() {}

    /** Nodes before and after, moves, and why nothing else is moved. */
    public static String render(Plan plan) {
        Map<String, String> names = new HashMap<>();
        List<List<String>> nodes = new ArrayList<>(List.of(List.of("NODE", "TASKS", "AFTER")));
        plan.loads().forEach(load -> {
            names.put(load.nodeId(), load.hostname());
            nodes.add(List.of(load.hostname(), "" + load.before(), "" + load.after()));
        });
        List<List<String>> moves = new ArrayList<>(List.of(List.of("MOVE", "METHOD", "FROM", "TO", "WHY")));
        plan.moves().forEach(move -> moves.add(row(move, names)));
        List<List<String>> alone = new ArrayList<>(List.of(List.of("LEFT ALONE", "WHY")));
        plan.leftAlone().forEach(one -> alone.add(List.of(one.service(), one.why())));
        String middle = plan.moves().isEmpty() ? "nothing to move\n" : table(moves);
        return table(nodes) + "\n" + middle + "\n" + (plan.leftAlone().isEmpty() ? "" : table(alone));
    }

    private static List<String> row(Move move, Map<String, String> names) {
        return List.of(
                move.service(),
                move.method().name().toLowerCase(Locale.ROOT),
                names.getOrDefault(move.from(), move.from()),
                names.getOrDefault(move.to(), move.to()),
                move.why());
    }

    private static String table(List<List<String>> rows) {
        int columns = rows.get(0).size();
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            for (int column = 0; column < columns; column++) {
                text.append(column == columns - 1 ? row.get(column) : padded(rows, row, column));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String padded(List<List<String>> rows, List<String> row, int column) {
        int width =
                rows.stream().mapToInt(one -> one.get(column).length()).max().orElse(0);
        return row.get(column) + " ".repeat(width + 2 - row.get(column).length());
    }
}
