package io.github.cameldataverse.changes.quarkus.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the builder of native executables is told about this application. It proves that everything is registered which
 * the route uses by reflection, not that an executable comes of it: that takes GraalVM, and {@link AccountsToFilesIT}.
 */
class NativeSourcesIT {

    private final NativeSources sources = NativeSources.ofTheBuild();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.github.cameldataverse.changes.DataverseChangesComponent",
                "io.github.cameldataverse.changes.DataverseChangesComponentConfigurer",
                "io.github.cameldataverse.changes.DataverseChangesEndpoint",
                "io.github.cameldataverse.changes.DataverseChangesEndpointConfigurer",
                "io.github.cameldataverse.changes.DataverseChangesEndpointUriFactory"
            })
    void theEndpointIsFound(String type) {
        assertThat(sources.reflection(type).constructors()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.hc.client5.http.impl.classic.HttpClientBuilder",
                "org.apache.hc.core5.http.io.SocketConfig$Builder",
                "org.apache.hc.client5.http.config.RequestConfig$Builder"
            })
    void optionsReachTheHttpClient(String type) {
        assertThat(sources.reflection(type).methods()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.github.cameldataverse.changes.token.file.FileDeltaTokenRepository",
                "io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository",
                "io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository"
            })
    void aTokenRepositoryIsMadeByItsClassAndItsPropertiesAreSet(String type) {
        assertThat(sources.reflection(type).constructors()).isTrue();
        assertThat(sources.reflection(type).methods()).isTrue();
    }

    @Test
    void anOwnSignInIsMadeByItsClass() {
        assertThat(sources.reflection(OwnSignIn.class.getName()).constructors()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.github.cameldataverse.changes.auth.AccessTokenException",
                "io.github.cameldataverse.changes.api.NotAcceptedException",
                "io.github.cameldataverse.changes.api.ServiceFault",
                "io.github.cameldataverse.changes.token.TokenConflictException",
                "io.github.cameldataverse.changes.token.TokenStoreException",
                "io.github.cameldataverse.changes.token.TokenUnreadableException"
            })
    void anExceptionIsFoundByItsName(String type) {
        assertThat(sources.reflection(type).isPresent()).isTrue();
    }

    @Test
    void theRouteAndThePublicSuffixesAreInTheExecutable() {
        assertThat(sources.resources()).contains("routes/accounts.yaml", "mozilla/public-suffix-list.txt");
    }

    @Test
    void bothProtocolsAreThere() {
        assertThat(sources.arguments()).contains("--enable-url-protocols=http,https");
    }

    @Test
    void noSimulatorIsInTheExecutable() {
        assertThat(sources.jars())
                .isNotEmpty()
                .noneMatch(name -> name.contains("testkit") || name.contains("wiremock"));
    }
}
