package io.github.cameldataverse.changes.option;

/** The ways to sign in. */
public enum CredentialType {
    CLIENT_SECRET,
    CLIENT_CERTIFICATE,
    MANAGED_IDENTITY,
    WORKLOAD_IDENTITY,
    ACCESS_TOKEN,
    ACCESS_TOKEN_PROVIDER
}
