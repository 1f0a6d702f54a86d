package io.github.cameldataverse.changes.internal.subscription;

import io.github.cameldataverse.changes.auth.AccessToken;
import io.github.cameldataverse.changes.auth.AccessTokenProvider;
import io.github.cameldataverse.changes.internal.http.AuthorityHttpClient;
import io.github.cameldataverse.changes.internal.signin.ClientCredentials;
import io.github.cameldataverse.changes.internal.signin.ClientProof;
import io.github.cameldataverse.changes.internal.signin.ManagedIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** How access tokens are had. */
public sealed interface SignIn {

    /**
     * The provider; made anew for every start, because it holds on to the HTTP client.
     *
     * @throws IllegalArgumentException with a sentence, if a file that it needs is missing or unfit
     */
    AccessTokenProvider provider(AuthorityHttpClient http, Duration deadline);

    /** What of it is in the options and secret. */
    default Optional<String> secret() {
        return Optional.empty();
    }

    /** What tells the application apart from others; equal for two that the service counts as one. */
    Object application();

    /** A token from elsewhere. */
    record Fixed(String token) implements SignIn {
        @Override
        public AccessTokenProvider provider(AuthorityHttpClient http, Duration deadline) {
            AccessToken fixed = new AccessToken(token, Instant.MAX);
            return resource -> fixed;
        }

        @Override
        public Optional<String> secret() {
            return Optional.of(token);
        }

        @Override
        public Object application() {
            return this;
        }

        @Override
        public String toString() {
            return "a fixed access token";
        }
    }

    /** An application with a secret, a certificate or a federated token. */
    record Application(String authority, String clientId, ClientProof proof) implements SignIn {
        @Override
        public AccessTokenProvider provider(AuthorityHttpClient http, Duration deadline) {
            return new ClientCredentials(authority, clientId, proof, http, deadline);
        }

        @Override
        public Optional<String> secret() {
            return proof.secret();
        }

        @Override
        public Object application() {
            return clientId.toLowerCase(Locale.ROOT);
        }
    }

    /** The Azure resource that this runs on; an empty id stands for its own identity. */
    record Resource(String clientId) implements SignIn {
        @Override
        public AccessTokenProvider provider(AuthorityHttpClient http, Duration deadline) {
            return new ManagedIdentity(clientId, http, deadline);
        }

        @Override
        public Object application() {
            return this;
        }
    }

    /** The user's own bean. */
    record Bean(AccessTokenProvider bean) implements SignIn {
        @Override
        public AccessTokenProvider provider(AuthorityHttpClient http, Duration deadline) {
            return bean;
        }

        @Override
        public Object application() {
            return bean;
        }
    }
}
