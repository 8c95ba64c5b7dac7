package dev.trestle.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.trestle.controller.BackendBuildReconciler;
import dev.trestle.core.plan.BuildPlan;
import io.fabric8.kubernetes.client.CustomResource;
import io.soabase.recordbuilder.core.RecordBuilderGenerated;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** Who may use whom: docs and names can lie about a design, a failing test cannot. */
final class ArchitectureTest {
    private static final ImportOption SOURCES = new ImportOption.DoNotIncludeTests();

    private static final JavaClasses TRESTLE =
            new ClassFileImporter().withImportOption(SOURCES).importPackages("dev.trestle");

    /** All that decisions are made of: no client, no file, no network, no logger. */
    private static final DescribedPredicate<JavaClass> PURE = resideInAnyPackage(
                    "dev.trestle.core..",
                    "dev.trestle.api",
                    "io.fabric8.kubernetes.api.model..",
                    "io.fabric8.kubernetes.api.builder..",
                    "com.fasterxml.jackson..",
                    "org.jspecify.annotations",
                    "java.lang..",
                    "java.math",
                    "java.util",
                    "java.util.function",
                    "java.util.regex",
                    "java.util.stream",
                    "java.nio.charset",
                    "java.security",
                    "java.time..")
            .or(equivalentTo(CustomResource.class))
            .as("the API, the Kubernetes model, Jackson, or the part of java.base without input and output");

    @Test
    void theCoreUsesNothingThatReadsOrWrites() {
        classes()
                .that()
                .resideInAPackage("dev.trestle.core..")
                .should()
                .onlyDependOnClassesThat(PURE)
                .because("every decision must be testable without a cluster")
                .check(TRESTLE);
    }

    @Test
    void timeEnvironmentAndChanceComeInFromOutside() {
        noClasses()
                .that(not(resideInAnyPackage("dev.trestle.runtime..", "dev.trestle.cli..")))
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(ThreadLocalRandom.class, "current")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
                .because("equal facts must give equal decisions")
                .check(TRESTLE);
    }

    @Test
    void theApiKnowsNothingOfTrestle() {
        noClasses()
                .that()
                .resideInAPackage("dev.trestle.api")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.trestle..").and(not(resideInAPackage("dev.trestle.api"))))
                .check(TRESTLE);
    }

    @Test
    void theApiIsRecordsEnumsAndTheThreeKinds() {
        classes()
                .that()
                .resideInAPackage("dev.trestle.api")
                .and()
                .haveModifier(JavaModifier.PUBLIC)
                .and()
                .doNotHaveSimpleName("Trestle")
                .and()
                .doNotHaveSimpleName("Schema")
                .and()
                .areNotAnnotatedWith(RecordBuilderGenerated.class)
                .and()
                .areNotAnnotations()
                .should()
                .beRecords()
                .orShould()
                .beEnums()
                .orShould()
                .beAssignableTo(CustomResource.class)
                .check(TRESTLE);
    }

    @Test
    void controllersUseTheSdkAndTheCore() {
        noClasses()
                .that()
                .resideInAPackage("dev.trestle.controller..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "dev.trestle.runtime..",
                        "dev.trestle.cli..",
                        "dev.trestle.registry..",
                        "dev.trestle.schedule.."))
                .check(TRESTLE);
        noClasses()
                .that(not(resideInAnyPackage("dev.trestle.controller..", "dev.trestle.runtime..", "dev.trestle.cli..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.javaoperatorsdk..")
                .check(TRESTLE);
    }

    @Test
    void eachLibraryStandsBehindOnePackage() {
        only("dev.trestle.source..", "org.eclipse.jgit..");
        only("dev.trestle.schedule..", "com.cronutils..");
        only("dev.trestle.cli..", "picocli..");
        only("dev.trestle.runtime..", "io.micrometer..");
    }

    @Test
    void onePackageStartsProcesses() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.trestle.dockerfile..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .check(TRESTLE);
    }

    @Test
    void oneGuardStandsBeforeGitServersAndRegistriesAlike() {
        noClasses()
                .that()
                .resideInAPackage("dev.trestle.outward..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.trestle..").and(not(resideInAPackage("dev.trestle.outward.."))))
                .check(TRESTLE);
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.trestle.outward..")
                .should()
                .callMethod(InetAddress.class, "getByName", String.class)
                .orShould()
                .callMethod(InetAddress.class, "getAllByName", String.class)
                .because("what a name leads to is checked where it is looked up")
                .check(TRESTLE);
    }

    private static void only(String mayUse, String library) {
        noClasses()
                .that()
                .resideOutsideOfPackage(mayUse)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(TRESTLE);
    }

    @Test
    void noTwoPackagesOfTheCoreNeedEachOther() {
        slices().matching("dev.trestle.core.(*)..").should().beFreeOfCycles().check(TRESTLE);
    }

    @Test
    void noTwoPackagesNeedEachOther() {
        slices().matching("dev.trestle.(*)..").should().beFreeOfCycles().check(TRESTLE);
    }

    @Test
    void namesSayWhatAClassDoes() {
        noClasses()
                .should()
                .haveNameMatching(".*\\.(Abstract[A-Z]\\w*|\\w+(Util|Utils|Helper|Helpers|Manager|Impl))")
                .because("such a name says nothing; the words of the design do")
                .check(TRESTLE);
    }

    @Test
    void aPassPlansABuildOnce() {
        assertThat(callersOf(BuildPlan.class.getName()))
                .containsExactly(BackendBuildReconciler.class.getName() + ".pass");
        assertThat(callersOf("dev.trestle.core.plan.LegDecision")).hasSize(1);
    }

    private static List<String> callersOf(String owner) {
        return TRESTLE.get(owner).getMethods().stream()
                .filter(method -> method.getName().equals("of"))
                .flatMap(method -> method.getCallsOfSelf().stream())
                .map(call ->
                        call.getOriginOwner().getName() + "." + call.getOrigin().getName())
                .toList();
    }
}
