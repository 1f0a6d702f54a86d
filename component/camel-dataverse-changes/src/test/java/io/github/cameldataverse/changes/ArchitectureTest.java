package io.github.cameldataverse.changes;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.properties.HasModifiers;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.LocationProvider;
import com.tngtech.archunit.lang.ArchRule;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.KnownIds;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import org.jspecify.annotations.NullMarked;

/** What is API and what is internal, in which direction packages know one another, and what no package may have. */
@AnalyzeClasses(locations = ArchitectureTest.TheComponent.class)
class ArchitectureTest {

    /** The classes of the component's jar, and no others that are on the class path. */
    static final class TheComponent implements LocationProvider {

        @Override
        public Set<Location> get(Class<?> test) {
            return Set.of(Location.of(DataverseChangesComponent.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()));
        }
    }

    private static final String ROOT = "io.github.cameldataverse.changes";

    /**
     * The packages from top to bottom: each knows only what stands below it. The empty name is the root package.
     */
    private static final List<String> TOP_TO_BOTTOM = List.of(
            "preflight",
            "",
            "internal.preflight",
            "internal.round",
            "internal.status",
            "internal.exchange",
            "internal.checkpoint",
            "internal.delivery",
            "internal.organization",
            "internal.organization.metadata",
            "internal.subscription",
            "internal.repository",
            "internal.keyset",
            "internal.orgservice",
            "internal.orgservice.row",
            "internal.orgservice.xml",
            "internal.webapi",
            "internal.webapi.page",
            "internal.source",
            "internal.http",
            "internal.http.budget",
            "internal.http.clock",
            "internal.http.answer.xml",
            "internal.http.answer",
            "internal.signin",
            "internal",
            "api",
            "option",
            "token.memory",
            "token.file",
            "token.jdbc",
            "internal.store",
            "token",
            "change",
            "internal.digest",
            "auth");

    /** Those that Camel wants to know one another. */
    private static final Set<String> CAMEL_BEANS = Set.of(
            "DataverseChangesComponent",
            "DataverseChangesConsumer",
            "DataverseChangesEndpoint",
            "DataverseChangesHealthCheck",
            "DataverseChangesProducer",
            "Poller",
            "RouteSender");

    private static final int MOST_FILES = 15;

    private static final DescribedPredicate<JavaClass> GENERATED = DescribedPredicate.describe(
            "generated by Camel",
            one -> one.getSimpleName().endsWith("Configurer")
                    || one.getSimpleName().endsWith("UriFactory"));

    @ArchTest
    static void aPackageKnowsOnlyWhatStandsBelowIt(JavaClasses all) {
        Set<String> upward = new TreeSet<>();
        for (JavaClass one : all) {
            for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
                JavaClass other = dependency.getTargetClass().getBaseComponentType();
                if (other.getPackageName().startsWith(ROOT) && place(other) < place(one)) {
                    upward.add(one.getName() + " -> " + other.getName());
                }
            }
        }
        assertThat(upward).isEmpty();
    }

    private static int place(JavaClass one) {
        String name =
                one.getPackageName().equals(ROOT) ? "" : one.getPackageName().substring(ROOT.length() + 1);
        assertThat(TOP_TO_BOTTOM).as("the packages").contains(name);
        return TOP_TO_BOTTOM.indexOf(name);
    }

    @ArchTest
    static final ArchRule thereAreNoCirclesBetweenPackages =
            slices().matching("(" + ROOT + "..)").should().beFreeOfCycles();

    @ArchTest
    static void insideAPackageOnlyTheCamelBeansStandInACircle(JavaClasses all) {
        Map<JavaClass, Set<JavaClass>> arrows = new HashMap<>();
        for (JavaClass one : all) {
            if (!GENERATED.test(one)) {
                arrows.computeIfAbsent(top(one), any -> new HashSet<>()).addAll(neighbours(one));
            }
        }
        Set<String> inCircles = arrows.keySet().stream()
                .filter(one -> reached(one, arrows).contains(one))
                .map(JavaClass::getSimpleName)
                .collect(toCollection(TreeSet::new));

        assertThat(inCircles).isSubsetOf(CAMEL_BEANS);
    }

    private static Set<JavaClass> neighbours(JavaClass one) {
        Set<JavaClass> neighbours = new HashSet<>();
        for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
            JavaClass other = top(dependency.getTargetClass().getBaseComponentType());
            if (other.getPackageName().equals(one.getPackageName()) && !other.equals(top(one))) {
                neighbours.add(other);
            }
        }
        return neighbours;
    }

    private static JavaClass top(JavaClass one) {
        return one.getEnclosingClass().map(ArchitectureTest::top).orElse(one);
    }

    private static Set<JavaClass> reached(JavaClass start, Map<JavaClass, Set<JavaClass>> arrows) {
        Set<JavaClass> seen = new HashSet<>();
        Set<JavaClass> next = arrows.getOrDefault(start, Set.of());
        while (!next.isEmpty()) {
            Set<JavaClass> fresh = new HashSet<>(next);
            fresh.removeAll(seen);
            seen.addAll(fresh);
            next = fresh.stream()
                    .flatMap(one -> arrows.getOrDefault(one, Set.of()).stream())
                    .collect(toCollection(HashSet::new));
        }
        return seen;
    }

    @ArchTest
    static void aPackageHasAtMostFifteenFiles(JavaClasses all) {
        Map<String, Long> large = new TreeMap<>();
        all.stream()
                .filter(one -> one.isTopLevelClass()
                        && !GENERATED.test(one)
                        && !one.getSimpleName().equals("package-info"))
                .collect(groupingBy(JavaClass::getPackageName))
                .forEach((name, files) -> large.put(name, (long) files.size()));
        large.values().removeIf(files -> files <= MOST_FILES);

        assertThat(large).isEmpty();
    }

    @ArchTest
    static void noSignatureOfTheApiNamesAnInternalType(JavaClasses all) {
        Set<String> leaks = new TreeSet<>();
        all.stream().filter(ArchitectureTest::isApi).forEach(one -> {
            Stream.of(one.getRawInterfaces().stream(), one.getRawSuperclass().stream())
                    .flatMap(types -> types)
                    .filter(ArchitectureTest::isInternal)
                    .forEach(type -> leaks.add(one.getName() + " is a " + type.getName()));
            one.getCodeUnits().stream().filter(ArchitectureTest::isOpen).forEach(unit -> signature(unit)
                    .filter(ArchitectureTest::isInternal)
                    .forEach(type -> leaks.add(unit.getFullName() + " names " + type.getName())));
            one.getFields().stream().filter(ArchitectureTest::isOpen).forEach(field -> types(field)
                    .filter(ArchitectureTest::isInternal)
                    .forEach(type -> leaks.add(field.getFullName() + " names " + type.getName())));
        });
        assertThat(leaks).isEmpty();
    }

    private static boolean isApi(JavaClass one) {
        return !isInternal(one)
                && isOpen(one)
                && one.getEnclosingClass().map(ArchitectureTest::isApi).orElse(true);
    }

    private static boolean isOpen(HasModifiers one) {
        return one.getModifiers().contains(JavaModifier.PUBLIC)
                || one.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static boolean isInternal(JavaClass one) {
        return (one.getPackageName() + ".").startsWith(ROOT + ".internal.");
    }

    private static Stream<JavaClass> signature(JavaCodeUnit unit) {
        Stream<JavaType> types = Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream());
        return Stream.concat(
                types.flatMap(one -> one.getAllInvolvedRawTypes().stream()), unit.getExceptionTypes().stream());
    }

    private static Stream<JavaClass> types(JavaField field) {
        return field.getType().getAllInvolvedRawTypes().stream();
    }

    /** From page to page and from round to round; the other one moves it from the name by the address to that by the id. */
    @ArchTest
    static final ArchRule oneClassMovesTheCheckpoint = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(ROOT + ".internal.checkpoint.CheckpointKeeper")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + ".internal.checkpoint.SubscriptionNames")
            .and()
            .resideOutsideOfPackage(ROOT + ".token..")
            .should()
            .callMethodWhere(target(nameMatching("advance|takeOver"))
                    .and(target(owner(assignableTo(DeltaTokenRepository.class).or(assignableTo(KnownIds.class))))));

    @ArchTest
    static final ArchRule aNameSaysWhatAClassDoes = noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl");

    @ArchTest
    static final ArchRule noClassSleeps =
            noClasses().should().callMethodWhere(target(name("sleep")).and(target(owner(assignableTo(Thread.class)))));

    @ArchTest
    static final ArchRule noClassMakesAThread =
            noClasses().should().callConstructorWhere(target(owner(assignableTo(Thread.class))));

    /** Where XML is read, as a stream, tests show that no entity of it is resolved; elsewhere none is read. */
    @ArchTest
    @ProvesFault("S11")
    static final ArchRule xmlIsReadAsAStreamAndInFewPlaces = noClasses()
            .that()
            .resideOutsideOfPackages(
                    ROOT + ".internal.orgservice.xml",
                    ROOT + ".internal.organization.metadata",
                    ROOT + ".internal.http.answer.xml")
            .should()
            .dependOnClassesThat(resideInAnyPackage("javax.xml..", "org.xml..", "org.w3c..")
                    .and(DescribedPredicate.not(type(QName.class))));

    @ArchTest
    @ProvesFault("S11")
    static final ArchRule onePlaceMakesParsers = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(ROOT + ".internal.http.answer.xml.SealedXml")
            .should()
            .dependOnClassesThat(resideInAnyPackage("javax.xml.parsers..", "javax.xml.transform..", "org.xml..")
                    .or(type(XMLInputFactory.class)));

    @ArchTest
    @ProvesFault("S16")
    static final ArchRule nothingIsDeserialized = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ObjectInputStream.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ObjectOutputStream.class);

    @ArchTest
    static final ArchRule theJdksHttpClientStaysOut =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("java.net.http..", "java.net.rmi..");

    @ArchTest
    static final ArchRule whatReadsTheServiceKnowsNothingOfCamel = noClasses()
            .that()
            .resideInAnyPackage(
                    ROOT + ".internal.organization.metadata..",
                    ROOT + ".internal.source..",
                    ROOT + ".internal.webapi..",
                    ROOT + ".internal.orgservice..",
                    ROOT + ".change..",
                    ROOT + ".auth..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.apache.camel.."));

    @ArchTest
    static final ArchRule whatIsNotExtendedIsFinal = classes()
            .that(resideInAnyPackage(ROOT + ".change..", ROOT + ".auth..", ROOT + ".internal.."))
            .and(DescribedPredicate.not(JavaClass.Predicates.INTERFACES))
            .and(DescribedPredicate.not(modifier(JavaModifier.ABSTRACT)))
            .and(DescribedPredicate.not(JavaClass.Predicates.ENUMS))
            .and(DescribedPredicate.describe("have no subclass", ArchitectureTest::isLeaf))
            .should()
            .haveModifier(JavaModifier.FINAL);

    /** A test of the file store replaces the disk, to stop it between two steps. */
    private static boolean isLeaf(JavaClass one) {
        return one.getSubclasses().isEmpty()
                && !one.isAnonymousClass()
                && !one.getName().matches(".*\\$\\d+")
                && !one.getSimpleName().equals("Disk");
    }

    @ArchTest
    static final ArchRule noClassHasAClockOfItsOwn = noClasses()
            .that()
            // Writes into its lock file since when it is held, for a person to read.
            .doNotHaveSimpleName("DirectoryLock")
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.LocalDateTime.class, "now");

    @ArchTest
    static final ArchRule nothingIsShared = fields().that()
            .areStatic()
            .and()
            .areDeclaredInClassesThat(DescribedPredicate.not(resideInAPackage("..generated..")))
            .should()
            .beFinal();

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses all) {
        Collection<String> unmarked = all.stream()
                .map(JavaClass::getPackage)
                .filter(one -> !one.isAnnotatedWith(NullMarked.class))
                .map(one -> one.getName())
                .collect(toCollection(TreeSet::new));

        assertThat(unmarked).isEmpty();
    }
}
