package io.github.cameldataverse.changes.testkit.internal.entra;

/**
 * An application that may ask for access tokens.
 *
 * @param id of the application
 * @param credential what it proves itself with
 */
public record RegisteredApplication(String id, ClientCredential credential) {}
