package io.evenkeel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ConfigFuzzTest {

    /** Enough to meet every kind of token in every place; raise it by hand for longer. */
    private static final int ROUNDS = Integer.getInteger("evenkeel.fuzz.rounds", 1000);

    private static final String[] PIECES = {
        "*",
        "&a ",
        "*a",
        "${",
        "${PORT}",
        "$",
        "!!str ",
        "? ",
        "- ",
        ": ",
        "[",
        "]",
        "{",
        "}",
        "'",
        "\"",
        "|\n",
        ">-\n",
        "\t",
        "\u0000",
        "\u2028",
        "\ud83d",
        "%YAML 9.9\n",
        "---\n",
        "...\n",
        "<<: ",
        "~",
        "null",
        "-1",
        "9999999999999999999",
        "#",
        "\\x",
        "\n",
        "  "
    };

    @Test
    void noMutationOfAGoodFileDoesAnythingButLoadOrReportLocatedErrors() {
        Random random = new Random(20261121);
        String good = Examples.good().get(2).yaml();
        int bad = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String mutated = mutate(good, random);
            Loaded loaded = Examples.load(mutated);
            if (loaded instanceof Loaded.Invalid invalid) {
                bad++;
                assertThat(invalid.problems()).as(mutated).isNotEmpty().allSatisfy(ConfigFuzzTest::isLocatedOnOneLine);
            }
        }
        assertThat(bad).isGreaterThan(ROUNDS / 2);
    }

    private static void isLocatedOnOneLine(ConfigProblem problem) {
        assertThat(problem.toString()).matches("evenkeel\\.yaml:[1-9]\\d*:[1-9]\\d*: .+");
    }

    private static String mutate(String text, Random random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int i = random.nextInt(3); i >= 0; i--) {
            int from = random.nextInt(mutated.length());
            int to = Math.min(mutated.length(), from + random.nextInt(8));
            switch (random.nextInt(4)) {
                case 0 -> mutated.delete(from, to);
                case 1 -> mutated.insert(from, PIECES[random.nextInt(PIECES.length)]);
                case 2 -> mutated.insert(from, mutated.substring(from, to));
                default -> mutated.setCharAt(from, (char) random.nextInt(random.nextBoolean() ? 128 : 65536));
            }
        }
        return mutated.append(' ').toString();
    }
}
