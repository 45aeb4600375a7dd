package io.evenkeel.discovery;

import static io.evenkeel.discovery.MergedUpstream.SETTLE;
import static io.evenkeel.discovery.testing.ScriptedSource.address;
import static io.evenkeel.discovery.testing.ScriptedSource.critical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.evenkeel.config.MergeConfig;
import io.evenkeel.config.MergeConfig.Agreement;
import io.evenkeel.discovery.RejectedEndpoint.Cause;
import io.evenkeel.discovery.testing.ScriptedSource;
import io.evenkeel.discovery.testing.ScriptedSources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BallotTest {

    private static final MergeConfig ANY = rules(Agreement.ANY);
    private static final MergeConfig ALL = rules(Agreement.ALL);

    private final MergedUpstream upstream = new MergedUpstream();

    /** What a source says: {@code 1 2!} names 1 and 2 and calls 2 critical; {@code then error} fails after that; {@code -} was never heard of. */
    @ParameterizedTest
    @CsvSource({
        "1 2,            2 3,            1 2 3,   2",
        "1 2,            1 2,            1 2,     1 2",
        "1,              2,              1 2,     ''",
        "1 2!,           1 2,            1 2,     1",
        "1 2!,           1 2!,           1,       1",
        "1!,             1!,             '',      ''",
        "1 2,            '',             1 2,     ''",
        "1 2 then error, 2 3,            1 2 3,   2 3",
        "1 2 then error, 2 3 then error, 1 2 3,   1 2 3",
        "error,          1 2,            1 2,     1 2",
        "-,              1 2,            1 2,     1 2",
        "-,              1 2 then error, 1 2,     1 2",
        "1 2! then error, 1 2 then error, 1 2,    1 2",
        "1 2! then error, 2,             1 2,     2",
    })
    void anyVoteIsEnoughOrAllThatAnswerMustAgree(String a, String b, String usableByAny, String usableByAll) {
        for (boolean all : new boolean[] {false, true}) {
            MergedUpstream voting = new MergedUpstream().with(all ? ALL : ANY, "a", "b");
            tell(voting.source("a"), a);
            tell(voting.source("b"), b);
            assertThat(voting.settled().stream().sorted().toList())
                    .as(all ? "all" : "any")
                    .isEqualTo(numbers(all ? usableByAll : usableByAny));
        }
    }

    @Test
    void anEndpointListsEverySourceThatNamesItAndWhatEachSays() {
        upstream.with(ANY, "a", "b");
        upstream.source("a").says(critical(1));
        upstream.source("b").answers(1);
        assertThat(upstream.settled()).containsExactly(1);
        assertThat(upstream.latest().get(0).vouchers())
                .extracting(voucher -> voucher.source() + " " + voucher.says().health())
                .containsExactly("a CRITICAL", "b UNKNOWN");
    }

    @Test
    void theWeightIsThatOfTheFirstSourceThatWouldUseTheEndpoint() {
        upstream.with(ANY, "a", "b");
        upstream.source("a").says(critical(1).withWeight(9));
        upstream.source("b").says(Endpoint.at(address(1)).withWeight(7));
        assertThat(upstream.settled()).containsExactly(1);
        assertThat(upstream.latest().get(0).weight()).isEqualTo(7);
    }

    @Test
    void whatIsNotUsableIsToldWithTheReason() {
        upstream.with(ALL, "a", "b");
        upstream.source("a").says(critical(1), Endpoint.at(address(2)), Endpoint.at(address(3)));
        upstream.source("b").answers(3);
        assertThat(upstream.settled()).containsExactly(3);
        assertThat(upstream.merger.rejected())
                .extracting(RejectedEndpoint::cause, RejectedEndpoint::reason)
                .containsExactly(
                        tuple(Cause.CRITICAL, "critical: a"), tuple(Cause.NOT_AGREED, "b does not vouch for it"));
    }

    @Test
    void aSourceInErrorVotesAgainstNothing() {
        upstream.with(ALL, "a", "b");
        upstream.source("a").answers(1);
        upstream.source("b").answers(1, 2);
        assertThat(upstream.settled()).containsExactly(1);
        upstream.source("a").fails("time-out");
        assertThat(upstream.settled()).containsExactly(1, 2);
        upstream.source("a").answers(1);
        assertThat(upstream.settled()).containsExactly(1);
    }

    @Test
    void theSourcesOfOneEntryVoteAsOne() {
        upstream.withEntries(ALL, ScriptedSources.entry("a1", "a2"), ScriptedSources.entry("b"));
        upstream.source("a1").answers(1);
        upstream.source("a2").answers(2);
        upstream.source("b").answers(1, 2, 3);
        assertThat(upstream.settled()).containsExactly(1, 2);
        upstream.source("a2").fails("NXDOMAIN");
        assertThat(upstream.settled()).containsExactly(1, 2, 3);
    }

    @Test
    void aReloadChangesTheRuleAtOnce() {
        upstream.with(ANY, "a", "b");
        upstream.source("a").answers(1);
        upstream.source("b").answers(1, 2);
        assertThat(upstream.settled()).containsExactly(1, 2);
        upstream.with(ALL, "a", "b");
        assertThat(upstream.numbers()).containsExactly(1);
    }

    @Test
    void twoSourcesThatContradictEachOtherForHoursCauseNoFlutter() {
        upstream.with(MergeConfig.defaults(), "a", "b");
        upstream.source("b").answers(2, 3);
        for (int poll = 0; poll < 3_600; poll++) {
            upstream.source("a").says(critical(2), Endpoint.at(address(1)));
            upstream.source("b").answers(2, 3);
            upstream.scheduler.advance(SETTLE);
        }
        assertThat(upstream.told).hasSizeLessThanOrEqualTo(2);
        assertThat(upstream.numbers()).containsExactly(2, 1, 3);
    }

    private static void tell(ScriptedSource source, String script) {
        for (String word : script.split(" then ", 0)) {
            if (word.equals("error")) {
                source.fails("time-out");
            } else if (!word.equals("-")) {
                source.says(endpoints(word));
            }
        }
    }

    private static Endpoint[] endpoints(String words) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (String word : words(words)) {
            int number = Integer.parseInt(word.replace("!", ""));
            endpoints.add(word.endsWith("!") ? critical(number) : Endpoint.at(address(number)));
        }
        return endpoints.toArray(Endpoint[]::new);
    }

    private static List<Integer> numbers(String words) {
        return words(words).stream().map(Integer::valueOf).toList();
    }

    private static List<String> words(String words) {
        return Arrays.stream(words.split(" ", 0))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static MergeConfig rules(Agreement agree) {
        return new MergeConfig(agree, 0, Duration.ZERO, Duration.ZERO);
    }
}
