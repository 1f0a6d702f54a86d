package io.github.cameldataverse.changes.internal.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpOptionsTest {

    @Test
    void whatSaysHowToReachTheOrganizationPasses() {
        assertThatCode(() -> HttpOptions.check(Map.of(
                        "connectTimeout", 1000, "proxyHost", "proxy", "proxyPort", 3128, "maxTotalConnections", 4)))
                .doesNotThrowAnyException();
        assertThatCode(() -> HttpOptions.check(Map.of())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "followRedirects",
                "oauth2ClientId",
                "oauth2ClientSecret",
                "oauth2TokenEndpoint",
                "authMethod",
                "authUsername",
                "authPassword",
                "authBearerToken",
                "authenticationPreemptive",
                "cookieStore",
                "cookieHandler",
                "httpMethod",
                "headerFilterStrategy",
                "httpActivityListener",
                "logHttpActivity",
                "bridgeEndpoint",
                "sslContextParameters",
                "clientConnectionManager",
                "clientBuilder",
                "httpContext",
                "httpClient.redirectsEnabled",
                "ConnectTimeout",
                "unknown",
                ""
            })
    void whateverElseIsRefusedByName(String name) {
        assertThatThrownBy(() -> HttpOptions.check(Map.of(name, "x", "connectTimeout", 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The option http." + name + " is not allowed; use one of [connect")
                .hasMessageEndingWith(", or configure Camel's http component");
    }

    @Test
    void theFirstOfSeveralIsNamed() {
        assertThatThrownBy(() -> HttpOptions.check(Map.of("zeta", 1, "alpha", 1)))
                .hasMessageStartingWith("The option http.alpha ");
    }
}
