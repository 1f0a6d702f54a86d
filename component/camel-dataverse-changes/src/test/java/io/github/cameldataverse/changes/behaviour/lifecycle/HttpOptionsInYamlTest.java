package io.github.cameldataverse.changes.behaviour.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.DataverseChangesEndpoint;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of the HTTP endpoint as a nested map of YAML, wherever the table is written. */
class HttpOptionsInYamlTest {

    private final DefaultCamelContext context = new DefaultCamelContext();

    @AfterEach
    void close() throws Exception {
        context.close();
    }

    @Tag("needs-camel-nested-maps")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{uri: dataverse-changes, parameters: {table: account, %s, organizationUrl: 'https://contoso.example', accessToken: t}, steps: [{to: 'mock:out'}]}",
                "{uri: 'dataverse-changes:account', parameters: {%s, organizationUrl: 'https://contoso.example', accessToken: t}, steps: [{to: 'mock:out'}]}"
            })
    void aNestedMapReachesTheEndpoint(String from) throws Exception {
        load(from.formatted("httpOptions: {proxyHost: proxy.example, proxyPort: 8080, nonProxyHosts: 'a,b'}"));

        assertThat(httpOptions())
                .isEqualTo(Map.of("proxyHost", "proxy.example", "proxyPort", "8080", "nonProxyHosts", "a,b"));
    }

    @Test
    @Tag("needs-camel-nested-maps")
    @Tag("needs-camel-that-prints-maps")
    void aPasswordInAMapThatCamelWouldShowIsRefused() {
        String from = "{uri: 'dataverse-changes:account', parameters: {httpOptions: {proxyAuthPassword: Canary}},"
                + " steps: [{to: 'mock:out'}]}";

        assertThatThrownBy(() -> load(from))
                .hasRootCauseMessage(
                        "The option httpOptions must not hold proxyAuthPassword beside a uri with the table"
                                + " in it, because Camel shows it in logs, and in this very error; write the parameter"
                                + " http.proxyAuthPassword instead, and change the password if others can read this")
                // Camel repeats the URI around our sentence. Should it mask the value one day, the sentence and the
                // cookbook can promise more.
                .hasStackTraceContaining("proxyAuthPassword%3DCanary");
    }

    @Test
    void aPasswordInTheParameterThatTheRefusalNamesIsShownNowhere() {
        String from =
                "{uri: 'dataverse-changes:account', parameters: {http.proxyAuthPassword: Canary, maxPageSize: many},"
                        + " steps: [{to: 'mock:out'}]}";

        assertThatThrownBy(() -> load(from))
                .hasRootCauseMessage("The option maxPageSize must be a whole number, not \"many\"")
                .satisfies(
                        thrown -> assertThat(Throwables.getStackTrace(thrown)).doesNotContain("Canary"));
    }

    private void load(String from) throws Exception {
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(
                        ResourceHelper.fromString("route.yaml", "- route: {autoStartup: false, from: " + from + "}"));
        context.start();
    }

    private Map<String, Object> httpOptions() {
        return context.getEndpoints().stream()
                .filter(DataverseChangesEndpoint.class::isInstance)
                .map(DataverseChangesEndpoint.class::cast)
                .map(endpoint -> endpoint.getConfiguration().getHttpOptions())
                .findFirst()
                .orElseThrow();
    }
}
