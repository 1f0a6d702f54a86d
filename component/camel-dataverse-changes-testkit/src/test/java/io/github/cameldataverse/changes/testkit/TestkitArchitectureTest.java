package io.github.cameldataverse.changes.testkit;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

@AnalyzeClasses(packages = TestkitArchitectureTest.ROOT, importOptions = ImportOption.DoNotIncludeTests.class)
class TestkitArchitectureTest {
    static final String ROOT = "io.github.cameldataverse.changes.testkit";
    private static final String INTERNAL = ROOT + ".internal";
    private static final int MAX_FILES = 15;

    @ArchTest
    static final ArchRule PACKAGES_ARE_FREE_OF_CYCLES =
            slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PACKAGES_DEPEND_DOWNWARD_ONLY = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
            .layer("demo")
            .definedBy(ROOT + ".demo")
            .layer("root")
            .definedBy(ROOT)
            .layer("server")
            .definedBy(INTERNAL + ".server")
            .layer("services")
            .definedBy(INTERNAL + ".webapi", INTERNAL + ".soap")
            .layer("operations")
            .definedBy(INTERNAL + ".odata", INTERNAL + ".definition", INTERNAL + ".entra")
            .layer("tracking")
            .definedBy(INTERNAL + ".tracking")
            .layer("journal")
            .definedBy(INTERNAL + ".journal")
            .layer("organization")
            .definedBy(INTERNAL + ".organization")
            .layer("faults")
            .definedBy(ROOT + ".faults")
            .layer("formats")
            .definedBy(INTERNAL + ".response", INTERNAL + ".xml", INTERNAL + ".json")
            .layer("values")
            .definedBy(ROOT + ".http", ROOT + ".table", ROOT + ".switches")
            .whereLayer("demo")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("root")
            .mayOnlyBeAccessedByLayers("demo")
            .whereLayer("server")
            .mayOnlyBeAccessedByLayers("root")
            .whereLayer("services")
            .mayOnlyBeAccessedByLayers("root", "server")
            .whereLayer("operations")
            .mayOnlyBeAccessedByLayers("root", "server", "services")
            .whereLayer("tracking")
            .mayOnlyBeAccessedByLayers("services", "operations")
            .whereLayer("journal")
            .mayOnlyBeAccessedByLayers("root")
            .whereLayer("organization")
            .mayOnlyBeAccessedByLayers("root", "services", "operations", "tracking", "journal")
            .whereLayer("faults")
            .mayOnlyBeAccessedByLayers("root", "server");

    @ArchTest
    static final ArchRule NO_PUBLIC_SIGNATURE_OF_THE_API_HAS_AN_INTERNAL_TYPE = classes()
            .that()
            .resideOutsideOfPackage(INTERNAL + "..")
            .and()
            .arePublic()
            .should(haveNoInternalTypeInPublicSignatures());

    @ArchTest
    static final ArchRule THE_PROGRAM_USES_THE_API_ONLY = noClasses()
            .that()
            .resideInAPackage(ROOT + ".demo")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(INTERNAL + "..");

    /** And the two classes that take stubs of users. */
    @ArchTest
    static final ArchRule ONLY_THE_SERVER_KNOWS_WIREMOCK = noClasses()
            .that()
            .resideOutsideOfPackage(INTERNAL + ".server")
            .and()
            .doNotBelongToAnyOf(DataverseSimulator.class, DataverseSimulatorExtension.class)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.github.tomakehurst..", "wiremock..");

    @ArchTest
    static void noPackageHasMoreThanFifteenFiles(JavaClasses classes) {
        Map<String, Long> files = classes.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !"package-info".equals(type.getSimpleName()))
                .collect(groupingBy(JavaClass::getPackageName, counting()));
        // One fault is one file, so this package grows with the list of faults.
        files.remove(ROOT + ".faults");
        assertThat(files)
                .isNotEmpty()
                .allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(MAX_FILES));
    }

    private static ArchCondition<JavaClass> haveNoInternalTypeInPublicSignatures() {
        return new ArchCondition<>("have no internal type in public signatures") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Stream.concat(type.getFields().stream(), type.getCodeUnits().stream())
                        .filter(TestkitArchitectureTest::isForUsers)
                        .filter(member -> signatureOf(member).anyMatch(TestkitArchitectureTest::isInternal))
                        .forEach(member -> events.add(SimpleConditionEvent.violated(
                                member, member.getDescription() + " has an internal type in its signature")));
            }
        };
    }

    private static boolean isForUsers(JavaMember member) {
        Set<JavaModifier> modifiers = member.getModifiers();
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaClass> signatureOf(JavaMember member) {
        Stream<JavaType> types = member instanceof JavaField field
                ? Stream.of(field.getType())
                : Stream.concat(
                        Stream.of(((JavaCodeUnit) member).getReturnType()),
                        ((JavaCodeUnit) member).getParameterTypes().stream());
        return types.flatMap(type -> type.getAllInvolvedRawTypes().stream());
    }

    private static boolean isInternal(JavaClass type) {
        return resideInAPackage(INTERNAL + "..").test(type.getBaseComponentType());
    }
}
