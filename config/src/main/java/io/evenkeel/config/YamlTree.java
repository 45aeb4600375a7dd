package io.evenkeel.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Builds the located tree of one YAML document from the parser's token stream, with variables filled in.
 * Depth, size and what aliases expand to are bounded, so that no file can make a load slow.
 */
final class YamlTree {

    /** The contract's deepest key is at 6; the rest is room for mistakes worth a better message. */
    private static final int MAX_DEPTH = 32;

    /** Values in one document, each alias counted with all it stands for. */
    private static final int MAX_NODES = 100_000;

    /** What most who meet an alias by accident need to know. */
    private static final String STAR = "quotes around a value that begins with *";

    private final YAMLParser parser;
    private final Problems problems;
    private final Substitution substitution;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private int nodes;

    /** What an anchor names, and how many values that is. */
    private record Anchored(Node node, int nodes) {}

    private YamlTree(YAMLParser parser, Substitution substitution, Problems problems) {
        this.parser = parser;
        this.substitution = substitution;
        this.problems = problems;
    }

    /** The document's root, or null when it is not YAML; then the error has been reported. */
    static @Nullable Node read(String text, Environment environment, Problems problems) {
        try (YAMLParser parser = new YAMLFactory().createParser(text)) {
            return new YamlTree(parser, new Substitution(environment, problems), problems).document();
        } catch (Refused e) {
            problems.add(e.at, e.path, e.what, e.expected);
        } catch (JsonProcessingException e) {
            syntax(e, problems);
        } catch (IOException e) {
            problems.add(Position.START, "", notYaml(e.getMessage()), "");
        }
        return null;
    }

    private Node document() throws IOException {
        if (parser.nextToken() == null) {
            return new Node.Empty(Position.START);
        }
        Node root = value("", 0);
        if (parser.nextToken() != null) {
            throw new Refused(here(), "", "a second document", "one document per file");
        }
        return root;
    }

    private Node value(String path, int depth) throws IOException {
        if (parser.isCurrentAlias()) {
            return alias(path);
        }
        count(1, path);
        String anchor = parser.getObjectId() == null ? null : String.valueOf(parser.getObjectId());
        int before = nodes;
        Node node = unnamed(path, depth);
        if (anchor != null) {
            anchors.put(anchor, new Anchored(node, nodes - before + 1));
        }
        return node;
    }

    private Node unnamed(String path, int depth) throws IOException {
        Position at = here();
        if (depth > MAX_DEPTH) {
            throw new Refused(at, path, "nested too deeply", "at most " + MAX_DEPTH + " levels");
        }
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return mapping(at, path, depth);
        }
        if (token == JsonToken.START_ARRAY) {
            return sequence(at, path, depth);
        }
        if (token == JsonToken.VALUE_NULL) {
            return new Node.Empty(at);
        }
        String text = substitution.apply(parser.getText(), at, path);
        return text == null ? new Node.Broken(at) : new Node.Scalar(at, text);
    }

    private Node mapping(Position at, String path, int depth) throws IOException {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            Position keyAt = here();
            String key = parser.currentName();
            String below = (path.isEmpty() ? "" : path + ".") + Words.quoted(key);
            parser.nextToken();
            Node.Entry entry = new Node.Entry(keyAt, value(below, depth + 1));
            Node.Entry first = entries.putIfAbsent(key, entry);
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

    private Node sequence(Position at, String path, int depth) throws IOException {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(path + "[" + items.size() + "]", depth + 1));
        }
        return new Node.Sequence(at, items);
    }

    private Node alias(String path) throws IOException {
        String name = parser.getText();
        Anchored anchored = anchors.get(name);
        if (anchored == null) {
            String what = "unknown alias *" + Words.quoted(name);
            throw new Refused(here(), path, what, "an anchor above; " + STAR);
        }
        count(anchored.nodes(), path);
        return anchored.node();
    }

    private void count(int more, String path) throws Refused {
        nodes += more;
        if (nodes > MAX_NODES) {
            throw new Refused(here(), path, "too many values", "at most " + MAX_NODES + ", aliases expanded");
        }
    }

    private Position here() {
        return position(parser.currentTokenLocation());
    }

    private static Position position(@Nullable JsonLocation location) {
        return location == null
                ? Position.START
                : new Position(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }

    private static void syntax(JsonProcessingException e, Problems problems) {
        if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            Mark mark = marked.getProblemMark();
            boolean alias = marked.getContext() != null && marked.getContext().contains("alias");
            Position at = new Position(mark.getLine() + 1, mark.getColumn() + 1);
            problems.add(at, "", notYaml(marked.getProblem()), alias ? STAR : "");
        } else {
            problems.add(position(e.getLocation()), "", notYaml(e.getOriginalMessage()), "");
        }
    }

    private static String notYaml(@Nullable String problem) {
        return "not YAML: "
                + (problem == null
                        ? "unreadable"
                        : Words.plain(problem.lines().findFirst().orElse("")));
    }

    /** A file that is YAML but beyond the bounds. */
    private static final class Refused extends IOException {

        private final transient Position at;
        private final String path;
        private final String what;
        private final String expected;

        Refused(Position at, String path, String what, String expected) {
            super(what);
            this.at = at;
            this.path = path;
            this.what = what;
            this.expected = expected;
        }
    }
}
