package io.github.cameldataverse.changes.testkit.internal.entra;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Gives tokens to workloads, as a Kubernetes cluster does to its service accounts. Its key is its own. Thread-safe. */
public final class FederatedIssuer {
    static final String AUDIENCE = "api://AzureADTokenExchange";
    private static final String NAME = "https://oidc.simulated.example/cluster";
    private static final int KEY_BITS = 2048;

    private @Nullable KeyPair keys;

    /** A signed token for a subject, good from now on for that long. */
    public String token(String subject, Instant now, Duration life) {
        ObjectNode claims = JsonNodeFactory.instance
                .objectNode()
                .put("iss", NAME)
                .put("sub", subject)
                .put("aud", AUDIENCE)
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(life).getEpochSecond());
        return JsonWebToken.signed(claims, keys().getPrivate());
    }

    boolean hasSigned(JsonWebToken token) {
        return token.claim("iss").equals(NAME) && token.isSignedBy(keys().getPublic());
    }

    /** Made when they are first needed: that takes a moment, and few simulators need them. */
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
