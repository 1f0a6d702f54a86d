package io.github.cameldataverse.changes.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.ConsumerAccess;
import io.github.cameldataverse.changes.DataverseChangesComponent;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.TlsConsumerRoute;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.support.DefaultContextReloadStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reload of the context, which takes up a rotated secret in the URI of a route, did not where the component had it. */
@OverBothApis
class RotatedSecretTest {

    private static final String SECRET = "the-new-one";
    private static final String ROTATED = "rotated.secret.of.the.test";
    private static final String COMPONENT = "camel.component.dataverse-changes.";

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension(
            DataverseSimulator.builder().tls(true).client("app-1", SECRET));

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final Main main = new Main();

    @AfterEach
    void stop() {
        main.stop();
        System.clearProperty(ROTATED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"clientSecret", "client-secret"})
    void isTakenUpByAReloadAlsoAtTheComponent(String option) throws Exception {
        CamelContext context = started(option);
        await().until(() -> word(context) == Word.FAULTED);
        System.setProperty(ROTATED, SECRET);
        reload(context);
        await().until(() -> word(context) == Word.UP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"clientSecret", "client-secret"})
    void doesNotTakeThePlaceOfOneThatTheApplicationHasSetSince(String option) throws Exception {
        CamelContext context = started(option);
        await().until(() -> word(context) == Word.FAULTED);
        System.setProperty(ROTATED, "another-wrong-one");
        context.getComponent("dataverse-changes", DataverseChangesComponent.class)
                .getConfiguration()
                .setClientSecret(SECRET);
        reload(context);
        await().until(() -> word(context) == Word.UP);
        reload(context);
        await().until(() -> word(context) == Word.UP);
        assertThat(simulator.tokenRequests()).isGreaterThanOrEqualTo(2);
    }

    private CamelContext started(String option) {
        System.setProperty(ROTATED, "the-old-one");
        String authority = simulator.authority().toString();
        int slash = authority.lastIndexOf('/');
        main.bind("trust", TlsConsumerRoute.trusting(simulator));
        set("api", OverBothApis.API.word());
        set("organizationUrl", simulator.secureOrganizationUrl().toString());
        set("tenantId", authority.substring(slash + 1));
        set("authority", authority.substring(0, slash));
        set("sslContextParameters", "#bean:trust");
        set("clientId", "app-1");
        set(option, "{{sys:" + ROTATED + "}}");
        main.configure().addLambdaRouteBuilder(route -> route.from("dataverse-changes:account?delay=20&initialDelay=0")
                .routeId("reader")
                .to("mock:out"));
        main.start();
        return main.getCamelContext();
    }

    private void set(String option, String value) {
        main.addInitialProperty(COMPONENT + option, value);
    }

    private static Word word(CamelContext context) {
        return ConsumerAccess.status(context.getRoute("reader").getConsumer()).word();
    }

    private static void reload(CamelContext context) {
        DefaultContextReloadStrategy strategy = new DefaultContextReloadStrategy();
        strategy.setCamelContext(context);
        strategy.onReload("a test");
        assertThat(strategy.getLastError()).isNull();
    }
}
