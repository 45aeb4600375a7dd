package io.evenkeel.proxy;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The house of DESIGN §2, as far as the proxy is concerned. */
class ArchitectureTest {

    private static final String ROOT = "io.evenkeel.";
    private static final String[] DATA_PLANE = {
        "http", "loop", "key", "affinity", "ratelimit", "route", "upstream", "tunnel", "exchange", "tcp"
    };
    /** Those of the data plane that build no tables from configuration. */
    private static final String[] REQUEST_PATH = {"http", "loop", "upstream", "tunnel", "exchange"};

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT + "proxy");

    private static String[] packages(String[] names) {
        return Arrays.stream(names).map(name -> ROOT + "proxy." + name).toArray(String[]::new);
    }

    /** Everything of Evenkeel's that is neither the package itself nor one of those named. */
    private static DescribedPredicate<JavaClass> anythingBut(String itself, String others) {
        String[] allowed = Stream.concat(Stream.of(itself), Arrays.stream(others.split(" ", -1)))
                .map(name -> ROOT + name)
                .toArray(String[]::new);
        return resideInAPackage("io.evenkeel..").and(DescribedPredicate.not(resideInAnyPackage(allowed)));
    }

    @ParameterizedTest
    @CsvSource({
        "proxy.http,      config",
        "proxy.loop,      config",
        "proxy.key,       proxy.http balancer.. config",
        "proxy.http2,     proxy.http proxy.telemetry",
        "proxy.streams,   proxy.exchange proxy.http proxy.http2 proxy.loop proxy.telemetry config",
        "proxy.multiplex, proxy.http proxy.http2 proxy.upstream proxy.loop proxy.telemetry balancer.. config",
        "proxy.affinity,  proxy.http proxy.key proxy.telemetry balancer.. discovery config",
        "proxy.ratelimit, proxy.http proxy.key balancer.. config",
        "proxy.telemetry, balancer.. discovery config",
        "proxy.route,     proxy.http proxy.affinity proxy.ratelimit balancer.. config",
        "proxy.tls,       proxy.http proxy.loop proxy.telemetry config config.pem",
        "proxy.upstream,  proxy.loop proxy.tls proxy.telemetry balancer.. proxy.proxyprotocol config",
        "proxy.tunnel,    proxy.loop proxy.telemetry",
        "proxy.overload,  proxy.telemetry config",
        "proxy.exchange,  proxy.affinity proxy.http proxy.loop proxy.overload proxy.ratelimit proxy.route proxy.tunnel proxy.upstream proxy.telemetry balancer.. config",
        "proxy.proxyprotocol, config",
        "proxy.tcp,       proxy.http proxy.loop proxy.proxyprotocol proxy.tls proxy.upstream proxy.telemetry balancer.. config",
        "proxy.listener,  proxy.tls proxy.exchange proxy.tcp proxy.proxyprotocol proxy.http proxy.loop proxy.multiplex proxy.streams proxy.overload proxy.route proxy.upstream proxy.telemetry balancer.. config",
        "proxy.health,    balancer.health discovery discovery.tls config",
        "proxy.admin,     proxy.loop proxy.telemetry balancer.. discovery discovery.events config"
    })
    void aPackageKnowsNoneButThese(String itself, String others) {
        noClasses()
                .that()
                .resideInAPackage(ROOT + itself)
                .should()
                .dependOnClassesThat(anythingBut(itself, others))
                .check(CLASSES);
    }

    @Test
    void packagesDoNotGoInCircles() {
        slices().matching(ROOT + "proxy.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void httpKnowsOfNettyOnlyBuffers() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "proxy.http")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.netty..").and(DescribedPredicate.not(resideInAPackage("io.netty.buffer"))))
                .check(CLASSES);
    }

    /** DESIGN §2 rule 3: where the stock codec is used at all, it is not here. */
    @Test
    void theDataPlaneDoesNotUseTheStockCodec() {
        noClasses()
                .that()
                .resideInAnyPackage(packages(DATA_PLANE))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty.handler.codec..")
                .check(CLASSES);
    }

    /** DESIGN §2 rule 1. */
    @Test
    void theDataPlaneTakesNoLock() {
        noClasses()
                .that()
                .resideInAnyPackage(packages(DATA_PLANE))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.concurrent.locks")
                .check(CLASSES);
    }

    /** Byte code does not show synchronized blocks to this library, so sources are looked at. */
    @Test
    void theDataPlaneSynchronizesNothing() throws IOException {
        for (String name : DATA_PLANE) {
            List<Path> sources;
            try (Stream<Path> files = Files.list(Path.of("src/main/java/io/evenkeel/proxy", name))) {
                sources = files.toList();
            }
            assertThat(sources)
                    .isNotEmpty()
                    .allSatisfy(source -> assertThat(source).content().doesNotContain("synchronized"));
        }
    }

    /** DESIGN §2 rule 1: an event loop that waits, waits for itself. */
    @Test
    void theDataPlaneWaitsForNothing() {
        noClasses()
                .that()
                .resideInAnyPackage(packages(DATA_PLANE))
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "waits",
                        call -> call.getTargetOwner()
                                        .getPackageName()
                                        .matches(
                                                "java\\.lang|(java|io\\.netty)\\.util\\.concurrent|io\\.netty\\.channel")
                                && call.getName().matches("(await|sync|join|sleep|wait|park)([A-Z].*)?")))
                .check(CLASSES);
    }

    /**
     * STYLE: no streams and no {@code Optional} on the request path. What a loop makes anew when the route table has changed is no
     * request's business.
     */
    @Test
    void theRequestPathUsesNeitherStreamsNorOptional() {
        noClasses()
                .that()
                .resideInAnyPackage(packages(REQUEST_PATH))
                .and()
                .doNotHaveSimpleName("LoopListener")
                .and()
                .doNotHaveSimpleName("LoopRetries")
                .and()
                .doNotHaveSimpleName("ListenerSettings")
                .should()
                .dependOnClassesThat(resideInAPackage("java.util.stream")
                        .or(DescribedPredicate.describe(
                                "Optional", type -> type.getFullName().startsWith("java.util.Optional"))))
                .check(CLASSES);
    }

    @Test
    void theRouterIsAllThatOthersSeeOfItsPackage() {
        classes()
                .that()
                .resideInAPackage(ROOT + "proxy")
                .and()
                .arePublic()
                .should()
                .haveSimpleName("Router")
                .check(CLASSES);
    }
}
