package io.github.cameldataverse.changes;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.LocationProvider;
import com.tngtech.archunit.lang.ArchRule;
import io.github.cameldataverse.changes.harness.ProvesFault;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/** The arrows between the rooms, and what no room may have. */
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

    /** What users may name: everything else is public only for the rooms beside it. */
    private static final Set<String> NAMED_BY_USERS = Set.of(
            "DataverseChangesComponent",
            "DataverseChangesConfiguration",
            "DataverseChangesConstants",
            "DataverseChangesEndpoint",
            "FullLoad",
            "FullLoadGuard",
            "ManualCommit",
            "Preflight",
            "auth.AccessToken",
            "auth.AccessTokenException",
            "auth.AccessTokenProvider",
            "change.Change",
            "change.Delete",
            "change.Row",
            "change.Upsert",
            "change.Version",
            "delivery.NotAcceptedException",
            "http.ServiceFault",
            "token.Checkpoint",
            "token.DeltaTokenRepository",
            "token.FileDeltaTokenRepository",
            "token.JdbcDeltaTokenRepository",
            "token.KnownIds",
            "token.MemoryDeltaTokenRepository",
            "token.Phase",
            "token.StoredToken",
            "token.SubscriptionId",
            "token.TokenConflictException",
            "token.TokenStoreException",
            "token.TokenUnreadableException");

    private static final Set<String> PUBLIC_FOR_OTHER_ROOMS = Set.of(
            "auth.AccessTokens",
            "auth.CertificateFile",
            "auth.ClientCredentials",
            "auth.ClientProof",
            "auth.ClientSecret",
            "auth.FederatedTokenFile",
            "auth.ManagedIdentity",
            "change.Page",
            "change.RecordId",
            "delivery.Existence",
            "delivery.Ledger",
            "delivery.Outlet",
            "delivery.PageDelivery",
            "delivery.PagePlan",
            "delivery.Parcel",
            "delivery.PlannedChange",
            "delivery.RoundMemory",
            "http.Answer",
            "http.AuthorityHttpClient",
            "http.Body",
            "http.BorrowedHttpClient",
            "http.DataverseClient",
            "http.FaultReader",
            "http.HttpCalls",
            "http.HttpOptions",
            "http.Pause",
            "http.RequestBudget",
            "http.RetryAfter",
            "http.SealedXml",
            "http.ServiceOrigin",
            "http.ServiceText",
            "http.StrictUtf8",
            "token.KeySetTokenRepository",
            "orgservice.OrganizationService",
            "source.Api",
            "source.ChangeSource",
            "source.FaultTable",
            "source.MalformedPageException",
            "source.ServiceError",
            "source.TableDefinition",
            "source.TableName",
            "source.TrackingQuery",
            "metadata.OrganizationMetadata",
            "metadata.TableTracking",
            "webapi.ChangeTracking",
            "webapi.ODataFaults");

    @ArchTest
    static final ArchRule theArrowsGoOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("lobby")
            .definedBy(ROOT)
            .layer("webapi")
            .definedBy(ROOT + ".webapi..")
            .layer("orgservice")
            .definedBy(ROOT + ".orgservice..")
            .layer("metadata")
            .definedBy(ROOT + ".metadata..")
            .layer("source")
            .definedBy(ROOT + ".source..")
            .layer("http")
            .definedBy(ROOT + ".http..")
            .layer("auth")
            .definedBy(ROOT + ".auth..")
            .layer("change")
            .definedBy(ROOT + ".change..")
            .layer("delivery")
            .definedBy(ROOT + ".delivery..")
            .layer("token")
            .definedBy(ROOT + ".token..")
            .whereLayer("lobby")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("lobby")
            .mayOnlyAccessLayers(
                    "metadata", "source", "webapi", "orgservice", "http", "auth", "change", "delivery", "token")
            .whereLayer("webapi")
            .mayOnlyAccessLayers("source", "http", "change", "token")
            .whereLayer("orgservice")
            .mayOnlyAccessLayers("source", "http", "change", "token")
            .whereLayer("metadata")
            .mayOnlyAccessLayers("source", "webapi", "http")
            .whereLayer("source")
            .mayOnlyAccessLayers("http", "change", "token")
            .whereLayer("http")
            .mayOnlyAccessLayers("auth")
            .whereLayer("delivery")
            .mayOnlyAccessLayers("change")
            .whereLayer("auth")
            .mayNotAccessAnyLayer()
            .whereLayer("change")
            .mayNotAccessAnyLayer()
            .whereLayer("token")
            .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule everyClassIsInARoom = classes()
            .should()
            .resideInAnyPackage(
                    ROOT,
                    ROOT + ".metadata",
                    ROOT + ".source",
                    ROOT + ".webapi",
                    ROOT + ".orgservice",
                    ROOT + ".http",
                    ROOT + ".auth",
                    ROOT + ".change",
                    ROOT + ".delivery",
                    ROOT + ".token");

    @ArchTest
    static final ArchRule thereAreNoCycles =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule thereAreNoCyclesBetweenPackages =
            slices().matching("(" + ROOT + "..)").should().beFreeOfCycles();

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
    static final ArchRule nobodySleeps = noClasses()
            .should()
            .callMethodWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                            com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.<JavaClass>owner(
                                    com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo(Thread.class)))
                    .and(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                            com.tngtech.archunit.core.domain.properties.HasName.Predicates.name("sleep"))));

    @ArchTest
    static final ArchRule nobodyMakesAThread = noClasses()
            .should()
            .callConstructorWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                    com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.<JavaClass>owner(
                            com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo(Thread.class))));

    /** Where XML is read, as a stream, tests show that no entity of it is resolved; elsewhere none is read. */
    @ArchTest
    @ProvesFault("S11")
    static final ArchRule xmlIsReadAsAStreamAndInTwoRooms = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(ROOT + ".http.SealedXml")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + ".orgservice.XmlSource")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + ".orgservice.XmlCursor")
            .and()
            .resideOutsideOfPackage(ROOT + ".metadata")
            .should()
            .dependOnClassesThat(resideInAnyPackage("javax.xml..", "org.xml..", "org.w3c..")
                    .and(not(com.tngtech.archunit.core.domain.JavaClass.Predicates.type(
                            javax.xml.namespace.QName.class))));

    @ArchTest
    @ProvesFault("S11")
    static final ArchRule onePlaceMakesParsers = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(ROOT + ".http.SealedXml")
            .should()
            .dependOnClassesThat(resideInAnyPackage("javax.xml.parsers..", "javax.xml.transform..", "org.xml..")
                    .or(com.tngtech.archunit.core.domain.JavaClass.Predicates.type(
                            javax.xml.stream.XMLInputFactory.class)));

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
    static final ArchRule theRoomsBehindTheLobbyKnowNothingOfItsBeans = noClasses()
            .that()
            .resideInAnyPackage(
                    ROOT + ".metadata..",
                    ROOT + ".source..",
                    ROOT + ".webapi..",
                    ROOT + ".orgservice..",
                    ROOT + ".change..",
                    ROOT + ".auth..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.apache.camel.."));

    @ArchTest
    static final ArchRule dataIsFinal = classes()
            .that(resideInAnyPackage(
                    ROOT + ".change",
                    ROOT + ".auth",
                    ROOT + ".http",
                    ROOT + ".webapi",
                    ROOT + ".orgservice",
                    ROOT + ".delivery",
                    ROOT + ".metadata"))
            .and(not(com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES))
            .and(not(modifier(JavaModifier.ABSTRACT)))
            .should()
            .haveModifier(JavaModifier.FINAL);

    @ArchTest
    static final ArchRule nobodyHasAnotherClock = noClasses()
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
            .areDeclaredInClassesThat(not(resideInAPackage("..generated..")))
            .should()
            .beFinal();

    @ArchTest
    static void onlyTheApiIsPublic(JavaClasses all) {
        Set<String> allowed = new TreeSet<>(NAMED_BY_USERS);
        allowed.addAll(PUBLIC_FOR_OTHER_ROOMS);

        Set<String> open = all.that(alwaysTrue()).stream()
                .filter(one -> one.getModifiers().contains(JavaModifier.PUBLIC) && one.isTopLevelClass())
                .filter(one -> !isGenerated(one))
                .map(one -> one.getName().substring(ROOT.length() + 1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(open).isEqualTo(allowed);
    }

    @ArchTest
    static void everyRoomIsNullMarked(JavaClasses all) {
        Set<String> unmarked = all.stream()
                .map(JavaClass::getPackage)
                .filter(room -> !room.isAnnotatedWith(NullMarked.class))
                .map(room -> room.getName())
                .collect(Collectors.toSet());

        assertThat(unmarked).isEmpty();
    }

    private static boolean isGenerated(JavaClass one) {
        return one.getSimpleName().endsWith("Configurer") || one.getSimpleName().endsWith("UriFactory");
    }
}
