package io.github.cameldataverse.changes.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.api.FullLoadGuard;
import io.github.cameldataverse.changes.auth.AccessToken;
import io.github.cameldataverse.changes.auth.AccessTokenProvider;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import io.quarkus.test.QuarkusUnitTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Beans that nothing injects: the component finds them by their type alone. */
class BeansThatAreLookedUpTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Beans.class, SignIn.class, Unknown.class))
            .overrideConfigKey("quarkus.devservices.enabled", "false");

    @Inject
    CamelContext camel;

    @Test
    void tokenRepositorySignInAndGuardAreFoundThoughNothingInjectsThem() {
        assertThat(camel.getRegistry().findByType(DeltaTokenRepository.class)).hasSize(1);
        assertThat(camel.getRegistry().findByType(AccessTokenProvider.class)).hasSize(1);
        assertThat(camel.getRegistry().findByType(FullLoadGuard.class)).hasSize(1);
    }

    @Test
    void aBeanOfAnotherTypeIsRemovedAsEver() {
        assertThat(camel.getRegistry().findByType(Unknown.class)).isEmpty();
    }

    @Singleton
    static final class Beans {

        @Produces
        @Singleton
        MemoryDeltaTokenRepository tokens() {
            return new MemoryDeltaTokenRepository();
        }

        @Produces
        @Singleton
        FullLoadGuard guard() {
            return load -> Optional.empty();
        }
    }

    @ApplicationScoped
    static class SignIn implements AccessTokenProvider {

        @Override
        public AccessToken getAccessToken(String resource) {
            return new AccessToken("own", Instant.MAX);
        }
    }

    @ApplicationScoped
    static class Unknown {}
}
