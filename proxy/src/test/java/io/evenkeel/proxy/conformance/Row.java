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

    /** Fails with the clause and the octets, which reports that number their rows do not tell. */
    void check(RouterFixture router) {
        try {
            verdict.check(router, input);
        } catch (IOException | AssertionError failed) {
            throw new AssertionError(this + "\n" + shortened() + "\n" + failed.getMessage(), failed);
        }
    }

    private String shortened() {
        return Wire.visible(input.length() < 2_000 ? input : input.substring(0, 2_000));
    }

    @Override
    public String toString() {
        return Wire.visible(clause);
    }
}
