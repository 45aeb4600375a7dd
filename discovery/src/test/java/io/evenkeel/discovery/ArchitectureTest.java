package io.evenkeel.discovery;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rooms of discovery: the core knows no registry, and registries know nothing of each other. */
class ArchitectureTest {

    private static final String ROOT = "io.evenkeel.discovery";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** A wall clock jumps; what waits, waits by {@link Scheduler#nanoTime}. */
    @Test
    void onlyTheControlThreadReadsTheWallClock() {
        noClasses()
                .that()
                .doNotHaveSimpleName("ControlThread")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .check(CLASSES);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "'',        ''",
                ".dns,      ''",
                ".consul,   .tls",
                ".swarm,    .tls",
                ".tls,      ''",
                ".events,   ''",
                ".state,    ''",
                ".register, .consul .swarm",
                ".builtin,  .dns .consul .swarm"
            })
    void aPackageKnowsTheCoreAndNoneButThese(String itself, String others) {
        String[] allowed = Arrays.stream((itself + " " + others).trim().split(" +"))
                .map(name -> ROOT + name)
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(ROOT + itself)
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..")
                        .and(DescribedPredicate.not(resideInAPackage(ROOT)))
                        .and(DescribedPredicate.not(resideInAnyPackage(allowed))))
                .check(CLASSES);
    }
}
