package io.evenkeel.config;

import java.util.List;
import java.util.Map;

/** A piece of a configuration file that remembers where it stood. Immutable. */
sealed interface Node {

    Position at();

    /** What an operator would call it in a sentence. */
    String described();

    /** Text after environment substitution, whether it was quoted or not. */
    record Scalar(Position at, String text) implements Node {

        @Override
        public String described() {
            return Words.quoted(text);
        }
    }

    /** Nothing, {@code null} or {@code ~}. */
    record Empty(Position at) implements Node {

        @Override
        public String described() {
            return "empty";
        }
    }

    /** A value whose error has been reported already. */
    record Broken(Position at) implements Node {

        @Override
        public String described() {
            return "broken";
        }
    }

    /** A list. */
    record Sequence(Position at, List<Node> items) implements Node {

        @Override
        public String described() {
            return "a list";
        }
    }

    /** Keys and values, in the order of the file. */
    record Mapping(Position at, Map<String, Entry> entries) implements Node {

        @Override
        public String described() {
            return "a mapping";
        }
    }

    /** A value and where its key stands. */
    record Entry(Position at, Node value) {}
}
