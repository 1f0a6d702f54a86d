package io.github.cameldataverse.changes.testkit.internal.entra;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldataverse.changes.testkit.http.QueryParameters;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** A signed JSON Web Token in compact serialization, RS256 only. */
record JsonWebToken(JsonNode header, JsonNode claims, String signedText, byte[] signature) {
    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SKEW = Duration.ofMinutes(5);

    /** The client assertion in a form, if there is one that can be parsed. */
    static Optional<JsonWebToken> inForm(QueryParameters form) {
        return form.value("client_assertion_type").filter(TYPE::equals).isPresent()
                ? form.value("client_assertion").flatMap(JsonWebToken::of)
                : Optional.empty();
    }

    static Optional<JsonWebToken> of(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(new JsonWebToken(
                    json(parts[0]),
                    json(parts[1]),
                    parts[0] + "." + parts[1],
                    Base64.getUrlDecoder().decode(parts[2])));
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    static String signed(JsonNode claims, PrivateKey key) {
        String text = base64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}".getBytes(UTF_8)) + "."
                + base64(claims.toString().getBytes(UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(UTF_8));
            return text + "." + base64(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    boolean isSignedBy(PublicKey key) {
        try {
            Signature check = Signature.getInstance("SHA256withRSA");
            check.initVerify(key);
            check.update(signedText.getBytes(UTF_8));
            return header.path("alg").asText("").equals("RS256") && check.verify(signature);
        } catch (GeneralSecurityException unfit) {
            return false;
        }
    }

    boolean isValidAt(Instant now) {
        return now.getEpochSecond() < claims.path("exp").asLong(0)
                && now.plus(SKEW).getEpochSecond() >= claims.path("nbf").asLong(0);
    }

    String claim(String name) {
        return claims.path(name).asText("");
    }

    private static JsonNode json(String part) throws IOException {
        return JSON.readTree(Base64.getUrlDecoder().decode(part));
    }

    private static String base64(byte[] bytes) {
        return new String(Base64.getUrlEncoder().withoutPadding().encode(bytes), UTF_8);
    }
}
