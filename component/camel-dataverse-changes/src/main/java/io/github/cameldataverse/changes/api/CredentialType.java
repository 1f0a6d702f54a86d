package io.github.cameldataverse.changes.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The ways to sign in, as the option {@code credentialType} names them. */
public enum CredentialType {
    CLIENT_SECRET("clientSecret"),
    CLIENT_CERTIFICATE("clientCertificate"),
    MANAGED_IDENTITY("managedIdentity"),
    WORKLOAD_IDENTITY("workloadIdentity"),
    ACCESS_TOKEN("accessToken"),
    ACCESS_TOKEN_PROVIDER("accessTokenProvider");

    private final String word;

    CredentialType(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    /** In any case; {@code CLIENT_SECRET}, as other Azure components have it, is {@code clientSecret}. */
    public static CredentialType of(String text) {
        String plain = text.replace("_", "").toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(type -> type.word.toLowerCase(Locale.ROOT).equals(plain))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The option credentialType must be one of " + all() + ", not \"" + text + "\""));
    }

    private static String all() {
        return Arrays.stream(values()).map(CredentialType::word).collect(Collectors.joining(", "));
    }
}
