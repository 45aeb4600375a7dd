package io.evenkeel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagExpressionTest {

    @ParameterizedTest
    @CsvSource({
        "a,                     a,    true",
        "a,                     b,    false",
        "not a,                 b,    true",
        "not not a,             a,    true",
        "a and b,               a,    false",
        "a and b,               b a,  true",
        "a or b and c,          a,    true",
        "(a or b) and c,        a,    false",
        "(a or b) and c,        b c,  true",
        "not a and b,           b,    true",
        "not (a and b),         a b,  false",
        "role=w and zone:a,     zone:a role=w, true",
        "and-more,              and-more, true",
    })
    void notBindsClosestAndOrLeast(String expression, String tags, boolean holds) {
        List<String> has = Arrays.asList(tags.split(" ", -1));
        assertThat(TagExpression.parse(expression).test(has)).isEqualTo(holds);
    }

    @Test
    void anEmptyOneHoldsForEverything() {
        assertThat(TagExpression.parse(" ").test(List.of())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "a and,      'a tag is missing after \"and\"'",
        "or a,       a tag is missing after the beginning",
        "(a,         '\")\" is missing after \"a\"'",
        "a b,        '\"and\" or \"or\" is missing before b'",
        "a),         '\"and\" or \"or\" is missing before )'",
        "a and (),   'a tag is missing after \"(\"'",
    })
    void whatIsWrongIsSaid(String expression, String message) {
        assertThatThrownBy(() -> TagExpression.parse(expression)).hasMessage(message);
    }

    @Test
    void aThousandParenthesesAreRefused() {
        assertThatThrownBy(() -> TagExpression.parse("(".repeat(1_000) + "a")).hasMessageContaining("nested more than");
    }
}
