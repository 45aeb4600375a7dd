package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.cli.House.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, run as a user runs it, in a {@link House}. */
class LauncherIT {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void firstUseBuildsThenRuns() throws Exception {
        Outcome outcome = house().run("vvm");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.err()).isEqualTo("evenkeel: building (first use, or the sources are newer) ...\n");
        assertThat(outcome.out()).startsWith("java 17.0.1\n").endsWith("evenkeel.jar\narg vvm\n");
    }

    @Test
    void secondUseOnlyRuns() throws Exception {
        House house = house();
        house.run("check");
        assertThat(house.run("check").err()).isEmpty();
        assertThat(house.builds()).hasSize(1);
    }

    @Test
    void newerSourceIsBuilt() throws Exception {
        House house = house();
        house.run("check");
        House.renew(house.source());
        house.run("check");
        assertThat(house.builds()).hasSize(2);
    }

    @Test
    void deletedSourceIsBuiltWithout() throws Exception {
        House house = house();
        house.run("check");
        Files.delete(house.source());
        House.renew(house.sources());
        house.run("check");
        assertThat(house.builds()).hasSize(2);
    }

    @Test
    void failedBuildEndsWithOne() throws Exception {
        House house = House.build(folder).withJdk("17.0.1").withBrokenMaven();
        Outcome outcome = house.run("check");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).endsWith("no such symbol\nevenkeel: the build failed\n");
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void withoutMavenTheWrapperBuilds() throws Exception {
        House house = House.build(folder).withJdk("17.0.1").withWrapper();
        house.run("check");
        assertThat(house.builds()).singleElement().asString().startsWith("mvnw ");
    }

    @Test
    void usesThatStartTogetherBuildOnce() throws Exception {
        House house = house();
        Process one = house.start(Map.of(), house.launcher(), folder, "check");
        Process other = house.start(Map.of(), house.launcher(), folder, "check");
        assertThat(House.await(one).code() + House.await(other).code()).isZero();
        assertThat(house.builds()).hasSize(1);
    }

    @Test
    void launcherWorksThroughSymlinksFromAnyFolder() throws Exception {
        House house = house();
        Path link = Files.createSymbolicLink(folder.resolve("direct link"), house.launcher());
        Path relative = Files.createSymbolicLink(folder.resolve("bin/keel"), Path.of("../direct link"));
        Outcome outcome = House.await(house.start(Map.of(), relative, folder, "check"));
        assertThat(outcome.code()).isZero();
        assertThat(link).isSymbolicLink();
    }

    @Test
    void argumentsArriveAsTheyWereGiven() throws Exception {
        assertThat(house().run("check", "--config", "two words.yaml", "", "*").out())
                .endsWith("arg check\narg --config\narg two words.yaml\narg \narg *\n");
    }

    @Test
    void javaTakesThePlaceOfTheLauncherSoThatSignalsReachIt() throws Exception {
        Outcome outcome = house().run("check");
        assertThat(outcome.out()).contains("\npid " + outcome.pid() + "\n");
    }

    @Test
    void newestJavaRunsAndOldestJdkBuilds() throws Exception {
        House house = house().withJdk("25.0.3").withJdk("21.0.1").withJdk("11.0.1");
        assertThat(house.run("check").out()).startsWith("java 25.0.3\n");
        assertThat(house.builds()).singleElement().asString().contains("jdk-17.0.1 ");
    }

    @Test
    void givenJavaRuns() throws Exception {
        House house = house().withJdk("25.0.3");
        String java17 = house.jdk("17.0.1").toString();
        assertThat(house.run(Map.of("EVENKEEL_JAVA_HOME", java17), "check").out())
                .startsWith("java 17.0.1\n");
    }

    @Test
    void givenJavaThatIsNoneIsNotReplaced() throws Exception {
        Outcome outcome = house().run(Map.of("EVENKEEL_JAVA_HOME", "/nowhere"), "check");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).isEqualTo("evenkeel: EVENKEEL_JAVA_HOME=/nowhere is no Java 17 or newer\n");
    }

    @Test
    void javaOfJavaHomeIsFound() throws Exception {
        House house = House.build(folder).withMaven().withJdk("17.0.1");
        Map<String, String> environment = Map.of(
                "EVENKEEL_JVM_DIR", "/nowhere", "JAVA_HOME", house.jdk("17.0.1").toString());
        assertThat(house.run(environment, "check").out()).startsWith("java 17.0.1\n");
    }

    @Test
    void withoutJavaOneLineSaysWhatToInstall() throws Exception {
        assertNeedsJdk(House.build(folder).withMaven());
    }

    @Test
    void olderJavaIsLikeNone() throws Exception {
        assertNeedsJdk(House.build(folder).withMaven().withJdk("11.0.1").withJdk("1.8.0_392"));
    }

    @Test
    void newJavaIsToldThatNettyMayUseUnsafe() throws Exception {
        House house = house();
        String allowed = "arg --sun-misc-unsafe-memory-access=allow\n";
        assertThat(house.run("check").out()).doesNotContain(allowed);
        assertThat(house.withJdk("25.0.3").run("check").out()).contains(allowed);
    }

    @Test
    void ownJavaOptionsComeLastSoThatTheyWin() throws Exception {
        assertThat(house().run(Map.of("JAVA_OPTS", "-Xmx1g -Dx=y"), "check").out())
                .containsSubsequence("arg -Xmx256m\n", "arg -Xmx1g\n", "arg -Dx=y\n", "arg -jar\n");
    }

    @Test
    void ownGarbageCollectorReplacesTheDefaultOne() throws Exception {
        House house = house();
        assertThat(house.run("check").out()).contains("arg -XX:+UseSerialGC\n");
        assertThat(house.run(Map.of("JAVA_OPTS", "-XX:+UseG1GC"), "check").out())
                .contains("arg -XX:+UseG1GC\n")
                .doesNotContain("UseSerialGC");
    }

    @Test
    void classesAreArchivedOncePerBuildAndJava() throws Exception {
        House house = house();
        assertThat(house.run("run").out())
                .contains("arg -XX:SharedArchiveFile=")
                .contains("evenkeel-17.0.1.jsa\n");
        Path archive = house.launcher().resolveSibling("cli/target/evenkeel-17.0.1.jsa");
        assertThat(archive).hasContent("x");
        House.renew(archive);
        long made = Files.getLastModifiedTime(archive).toMillis();
        house.run("run");
        assertThat(Files.getLastModifiedTime(archive).toMillis()).isEqualTo(made);
        House.renew(house.source());
        house.run("check");
        assertThat(archive).doesNotExist();
    }

    @Test
    void testRunsTheWholeSuite() throws Exception {
        House house = house();
        assertThat(house.run("test").code()).isZero();
        assertThat(house.builds()).singleElement().asString().endsWith(" -B -ntp verify");
        house.run("check");
        assertThat(house.builds()).as("what was tested is what runs").hasSize(1);
    }

    @Test
    void testHandsItsArgumentsToMaven() throws Exception {
        House house = house();
        house.run("test", "--full", "-pl", "config");
        assertThat(house.builds())
                .singleElement()
                .asString()
                .endsWith(" -B -ntp -Devenkeel.full=true -pl config verify");
    }

    @Test
    void testSaysWhatFullAdds() throws Exception {
        House house = house();
        Outcome outcome = house.run("test", "--help");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("--full adds");
        assertThat(house.builds()).isEmpty();
    }

    @Test
    void benchSaysWhatThereIsToMeasure() throws Exception {
        Outcome outcome = house().run("bench", "nothing");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).isEqualTo("evenkeel: bench: faults or soak; each has --help\n");
    }

    private House house() throws IOException {
        return House.build(folder).withMaven().withJdk("17.0.1");
    }

    private static void assertNeedsJdk(House house) throws Exception {
        Outcome outcome = house.run("check");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err())
                .isEqualTo("evenkeel: needs a JDK 17 or newer, for example: apt-get install openjdk-17-jdk-headless\n");
    }
}
