package io.evenkeel.proxy.conformance;

import io.evenkeel.proxy.testing.RouterFixture;
import io.evenkeel.proxy.testing.Wire;
import java.io.IOException;

/**
 * One clause of a specification, the octets that put it to the test, and what has to come of them.
 *
 * @param clause document, section and the sentence in question
 * @param input what the client writes, in one write, as Latin-1 text
 */
record Row(String clause, String input, Verdict verdict) {

    static Row row(String clause, String input, Verdict verdict) {
        return new Row(clause, input, verdict);
    }

    void check(RouterFixture router) throws IOException {
        verdict.check(router, input);
    }

    @Override
    public String toString() {
        return Wire.visible(clause);
    }
}
