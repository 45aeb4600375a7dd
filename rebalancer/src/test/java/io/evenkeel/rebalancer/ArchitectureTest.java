package io.evenkeel.rebalancer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String HOME = "io.evenkeel.rebalancer.";

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.evenkeel.rebalancer");

    @Test
    void planningKnowsNothingButPlans() {
        ArchRuleDefinition.classes()
                .that()
                .resideInAPackage(HOME + "plan")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(HOME + "plan", "java..", "org.jspecify..")
                .check(classes);
    }

    @Test
    void roomsKnowOnlyThoseBelowThem() {
        knowsNot("swarm", "run", "trigger", "consul", "router", "report");
        knowsNot("router", "run", "trigger", "consul", "swarm", "report", "plan");
        knowsNot("trigger", "run", "consul", "swarm", "report", "plan", "router");
        knowsNot("consul", "run", "trigger", "swarm", "report", "plan", "router");
        knowsNot("run", "trigger", "consul", "report");
        knowsNot("report", "trigger", "consul", "router");
    }

    @Test
    void noRoomKnowsTheHouse() {
        noClasses()
                .that()
                .resideInAPackage(HOME + "*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.evenkeel.rebalancer")
                .check(classes);
    }

    private void knowsNot(String room, String... others) {
        for (String other : others) {
            noClasses()
                    .that()
                    .resideInAPackage(HOME + room)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(HOME + other)
                    .check(classes);
        }
    }
}
