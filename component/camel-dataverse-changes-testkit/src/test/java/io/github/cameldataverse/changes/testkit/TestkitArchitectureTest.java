package io.github.cameldataverse.changes.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = "io.github.cameldataverse.changes.testkit",
        importOptions = ImportOption.DoNotIncludeTests.class)
class TestkitArchitectureTest {
    private static final String ROOT = "io.github.cameldataverse.changes.testkit";

    @ArchTest
    static final ArchRule ROOMS_DO_NOT_GO_IN_CIRCLES =
            slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_LOBBY_IS_KNOWN_TO_THE_DEMO_ALONE = noClasses()
            .that()
            .resideInAPackage(ROOT + ".*")
            .and()
            .resideOutsideOfPackage(ROOT + ".demo")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT);

    @ArchTest
    static final ArchRule THE_MODEL_KNOWS_JSON_ONLY = noClasses()
            .that()
            .resideInAPackage(ROOT + ".model")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + ".wire",
                    ROOT + ".xml",
                    ROOT + ".feed",
                    ROOT + ".soap",
                    ROOT + ".faults",
                    ROOT + ".http",
                    ROOT + ".switches",
                    ROOT + ".journal");

    @ArchTest
    static final ArchRule CHANGES_ARE_READ_WITHOUT_KNOWING_HOW_THEY_ARE_WRITTEN_OUT = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".feed", ROOT + ".faults", ROOT + ".wire")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".soap", ROOT + ".http");

    @ArchTest
    static final ArchRule XML_KNOWS_BYTES_ONLY = classes()
            .that()
            .resideInAPackage(ROOT + ".xml")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(ROOT + ".xml", ROOT + ".json", "java..", "javax.xml..", "org.jspecify..");

    @ArchTest
    static final ArchRule WIREMOCK_STAYS_BEHIND_THE_SERVER = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".http")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.github.tomakehurst..", "wiremock..");
}
