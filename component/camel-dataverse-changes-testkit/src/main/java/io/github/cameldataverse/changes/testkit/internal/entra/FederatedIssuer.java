package io.github.cameldataverse.changes.testkit.internal.entra;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Issues tokens to workloads, as a Kubernetes cluster does to its service accounts, signed with a key of its own. Thread-safe. */
public final class FederatedIssuer {
    static final String AUDIENCE = "api://AzureADTokenExchange";
    private static final String NAME = "https://oidc.simulated.example/cluster";
    private static final int KEY_BITS = 2048;

    private @Nullable KeyPair keys;

    /** A signed token for a subject, valid from now on. */
    public String token(String subject, Instant now, Duration lifetime) {
        ObjectNode claims = JsonNodeFactory.instance
                .objectNode()
                .put("iss", NAME)
                .put("sub", subject)
                .put("aud", AUDIENCE)
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(lifetime).getEpochSecond());
        return JsonWebToken.signed(claims, keys().getPrivate());
    }

    boolean hasSigned(JsonWebToken token) {
        return token.claim("iss").equals(NAME) && token.isSignedBy(keys().getPublic());
    }

    /** Generated when they are first needed: that takes time, and few simulators need them. */
    private synchronized KeyPair keys() {
        KeyPair made = keys == null ? newKeys() : keys;
        keys = made;
        return made;
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
