package io.evenkeel.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Builds the located tree of one YAML document from the parser's events, with variables filled in. Depth, size and what
 * aliases expand to are bounded, so that no file can make a load slow. Plain values stay text: what they mean is
 * decided by the key, not by how they look.
 */
final class YamlTree {

    /** The contract's deepest key is at 6; the rest is room for mistakes worth a better message. */
    private static final int MAX_DEPTH = 32;

    /** Values in one document, each alias counted with all it stands for. */
    private static final int MAX_NODES = 100_000;

    /** What most who meet an alias by accident need to know. */
    private static final String STAR = "quotes around a value that begins with *";

    private final Parser events;
    private final Problems problems;
    private final Substitution substitution;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private int nodes;

    /** What an anchor names, and how many values that is. */
    private record Anchored(Node node, int nodes) {}

    private YamlTree(Parser events, Substitution substitution, Problems problems) {
        this.events = events;
        this.substitution = substitution;
        this.problems = problems;
    }

    /** The document's root, or null when it cannot be read; then the error has been reported. */
    static @Nullable Node read(String text, Environment environment, Problems problems) {
        try {
            Parser events = new ParserImpl(new StreamReader(text), new LoaderOptions());
            return new YamlTree(events, new Substitution(environment, problems), problems).document();
        } catch (RefusedYaml e) {
            problems.add(e.at(), e.path(), e.what(), e.expected());
        } catch (MarkedYAMLException e) {
            boolean alias = e.getContext() != null && e.getContext().contains("alias");
            problems.add(position(e.getProblemMark()), "", notYaml(e.getProblem()), alias ? STAR : "");
        } catch (YAMLException e) {
            problems.add(Position.START, "", notYaml(e.getMessage()), "");
        }
        return null;
    }

    private Node document() {
        events.getEvent();
        if (!events.checkEvent(Event.ID.DocumentStart)) {
            return new Node.Empty(Position.START);
        }
        events.getEvent();
        Node root = value("", 0);
        events.getEvent();
        if (events.checkEvent(Event.ID.DocumentStart)) {
            throw new RefusedYaml(position(events.peekEvent().getStartMark()), "", "a second document", "one per file");
        }
        return root;
    }

    private Node value(String path, int depth) {
        NodeEvent event = (NodeEvent) events.getEvent();
        Position at = position(event.getStartMark());
        if (event instanceof AliasEvent alias) {
            return aliased(alias, at, path);
        }
        if (depth > MAX_DEPTH) {
            throw new RefusedYaml(at, path, "nested too deeply", "at most " + MAX_DEPTH + " levels");
        }
        count(1, at, path);
        int before = nodes;
        Node node = event instanceof ScalarEvent scalar ? scalar(scalar, at, path) : collection(event, at, path, depth);
        if (event.getAnchor() != null) {
            anchors.put(event.getAnchor(), new Anchored(node, nodes - before + 1));
        }
        return node;
    }

    private Node aliased(AliasEvent alias, Position at, String path) {
        Anchored anchored = anchors.get(alias.getAnchor());
        if (anchored == null) {
            String what = "unknown alias *" + Words.quoted(alias.getAnchor());
            throw new RefusedYaml(at, path, what, "an anchor above, or " + STAR);
        }
        count(anchored.nodes(), at, path);
        return anchored.node();
    }

    private void count(int more, Position at, String path) {
        nodes += more;
        if (nodes > MAX_NODES) {
            throw new RefusedYaml(at, path, "too many values", "at most " + MAX_NODES + ", aliases expanded");
        }
    }

    private Node scalar(ScalarEvent event, Position at, String path) {
        refuseTag(event.getTag(), at, path);
        if (event.getScalarStyle() == ScalarStyle.PLAIN && isNull(event.getValue())) {
            return new Node.Empty(at);
        }
        String text = substitution.apply(event.getValue(), at, path);
        return text == null ? new Node.Broken(at) : new Node.Scalar(at, text);
    }

    private static boolean isNull(String plain) {
        return plain.isEmpty() || plain.equals("~") || plain.equals("null");
    }

    private static void refuseTag(@Nullable String tag, Position at, String path) {
        if (tag != null) {
            throw new RefusedYaml(at, path, "tag " + Words.quoted(tag), "no tags");
        }
    }

    private Node collection(NodeEvent event, Position at, String path, int depth) {
        refuseTag(((CollectionStartEvent) event).getTag(), at, path);
        Node node = event instanceof MappingStartEvent ? mapping(at, path, depth) : sequence(at, path, depth);
        events.getEvent();
        return node;
    }

    private Node mapping(Position at, String path, int depth) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        while (!events.checkEvent(Event.ID.MappingEnd)) {
            Position keyAt = position(events.peekEvent().getStartMark());
            if (!(events.getEvent() instanceof ScalarEvent key)) {
                throw new RefusedYaml(keyAt, path, "a key that is no text", "a key");
            }
            String below = MappingBinder.below(path, Words.quoted(key.getValue()));
            Node.Entry entry = new Node.Entry(keyAt, value(below, depth + 1));
            Node.Entry first = entries.putIfAbsent(key.getValue(), entry);
            if (first != null) {
                problems.add(
                        keyAt,
                        below,
                        "given twice",
                        "once, as on line " + first.at().line());
            }
        }
        return new Node.Mapping(at, entries);
    }

    private Node sequence(Position at, String path, int depth) {
        List<Node> items = new ArrayList<>();
        while (!events.checkEvent(Event.ID.SequenceEnd)) {
            items.add(value(path + "[" + items.size() + "]", depth + 1));
        }
        return new Node.Sequence(at, items);
    }

    private static Position position(@Nullable Mark mark) {
        return mark == null ? Position.START : new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static String notYaml(@Nullable String problem) {
        return "not YAML: "
                + (problem == null
                        ? "unreadable"
                        : Words.plain(problem.lines().findFirst().orElse("")));
    }
}
