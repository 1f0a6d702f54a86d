package io.github.cameldataverse.changes.testkit.internal.entra;

/**
 * An application that access tokens are issued to.
 *
 * @param id of the application
 * @param credential that it signs in with
 */
public record RegisteredApplication(String id, ClientCredential credential) {}
