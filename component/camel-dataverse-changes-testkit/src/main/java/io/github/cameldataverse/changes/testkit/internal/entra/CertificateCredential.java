package io.github.cameldataverse.changes.testkit.internal.entra;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldataverse.changes.testkit.http.QueryParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;

/**
 * A certificate whose key signs client assertions (RFC 7523, section 2.2). An assertion must name the certificate by its
 * thumbprint, be issued by the application for the token endpoint, and be valid now by the real time: a client does not know
 * the clock of the simulator.
 *
 * @param certificate with an RSA key
 * @param clock the real time
 */
public record CertificateCredential(X509Certificate certificate, Clock clock) implements ClientCredential {
    @Override
    public Optional<EntraError> refusal(String clientId, QueryParameters form, String endpoint) {
        return JsonWebToken.inForm(form)
                .map(assertion -> refusal(assertion, clientId, endpoint))
                .orElseGet(() -> Optional.of(EntraError.noAssertion()));
    }

    private Optional<EntraError> refusal(JsonWebToken assertion, String clientId, String endpoint) {
        if (!names(assertion.header()) || !assertion.isSignedBy(certificate.getPublicKey())) {
            return Optional.of(
                    EntraError.unknownKey(assertion.header().path("x5t#S256").asText("")));
        }
        if (!assertion.claim("iss").equals(clientId) || !assertion.claim("sub").equals(clientId)) {
            return Optional.of(EntraError.wrongIssuer());
        }
        if (!assertion.claim("aud").equals(endpoint)) {
            return Optional.of(EntraError.wrongAudience());
        }
        return assertion.isValidAt(clock.instant()) ? Optional.empty() : Optional.of(EntraError.outOfTime());
    }

    /** By SHA-256, or by SHA-1 as older clients do; in both alphabets of base64, since MSAL4J uses the wrong one. */
    private boolean names(JsonNode header) {
        return plain(header.path("x5t#S256")).equals(thumbprint("SHA-256"))
                || plain(header.path("x5t")).equals(thumbprint("SHA-1"));
    }

    private static String plain(JsonNode base64) {
        return base64.asText("").replace('+', '-').replace('/', '_').replace("=", "");
    }

    private String thumbprint(String digest) {
        try {
            byte[] hash = MessageDigest.getInstance(digest).digest(certificate.getEncoded());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
