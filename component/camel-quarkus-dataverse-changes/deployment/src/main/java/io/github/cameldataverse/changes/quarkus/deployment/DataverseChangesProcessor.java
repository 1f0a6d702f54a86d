package io.github.cameldataverse.changes.quarkus.deployment;

import io.github.cameldataverse.changes.api.FullLoadGuard;
import io.github.cameldataverse.changes.auth.AccessTokenProvider;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.quarkus.arc.deployment.UnremovableBeanBuildItem;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourceBundleBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.stream.Stream;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.IndexView;

/**
 * What the component needs of Quarkus beyond what the extensions of Camel's core, HTTP and Jackson give: they find the
 * component, bring TLS and bring camel-jackson. MSAL4J needs no more either: version 1.26.1 reads its JSON without reflection,
 * has no resources, and looks for a JSON provider as a service but brings its own. Certificates are read with the JDK's security services, which
 * native-image finds by itself; managed identities are asked over plain http, whose URL handler Quarkus turns on.
 */
class DataverseChangesProcessor {

    static final String FEATURE = "camel-dataverse-changes";

    private static final String ROOT_PACKAGE = "io.github.cameldataverse.changes.";

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem(FEATURE);
    }

    /** The component looks for one bean of each of these types. CDI sees no injection point and would remove the bean. */
    @BuildStep
    UnremovableBeanBuildItem beansThatTheComponentLooksUp() {
        return UnremovableBeanBuildItem.beanTypes(
                DeltaTokenRepository.class, AccessTokenProvider.class, FullLoadGuard.class);
    }

    /** Camel HTTP binds the options httpClient.*, httpConnection.* and soTimeout to these by reflection. */
    @BuildStep
    ReflectiveClassBuildItem httpClientBuilders() {
        return ReflectiveClassBuildItem.builder(
                        "org.apache.hc.client5.http.impl.classic.HttpClientBuilder",
                        "org.apache.hc.core5.http.io.SocketConfig$Builder")
                .methods()
                .build();
    }

    /** What the JDK's XML reader says of an answer of the Organization Service that it cannot read. */
    @BuildStep
    NativeImageResourceBundleBuildItem wordsOfTheXmlReader() {
        return new NativeImageResourceBundleBuildItem(
                "com.sun.org.apache.xerces.internal.impl.msg.XMLMessages", "java.xml");
    }

    /** Beans that a route or a property names as {@code #class:...}, the user's own included. */
    @BuildStep
    ReflectiveClassBuildItem beansByClassName(CombinedIndexBuildItem combined) {
        IndexView index = combined.getIndex();
        return ReflectiveClassBuildItem.builder(names(index.getAllKnownImplementations(DeltaTokenRepository.class)))
                .methods()
                .build();
    }

    /** The same for the way to other identity providers. */
    @BuildStep
    ReflectiveClassBuildItem accessTokenProviders(CombinedIndexBuildItem combined) {
        IndexView index = combined.getIndex();
        return ReflectiveClassBuildItem.builder(names(index.getAllKnownImplementations(AccessTokenProvider.class)))
                .methods()
                .build();
    }

    /** Exceptions that a route in YAML names in {@code onException}. */
    @BuildStep
    ReflectiveClassBuildItem exceptions(CombinedIndexBuildItem combined) {
        IndexView index = combined.getIndex();
        // Two questions, because the JDK's own classes are not in the index.
        Stream<ClassInfo> all = Stream.of(Exception.class, RuntimeException.class)
                .flatMap(type -> index.getAllKnownSubclasses(type).stream());
        return ReflectiveClassBuildItem.builder(all.filter(type -> Modifier.isPublic(type.flags()))
                        .map(type -> type.name().toString())
                        .filter(name -> name.startsWith(ROOT_PACKAGE))
                        .toArray(String[]::new))
                .constructors(false)
                .build();
    }

    private static String[] names(Collection<ClassInfo> classes) {
        return classes.stream().map(type -> type.name().toString()).toArray(String[]::new);
    }
}
