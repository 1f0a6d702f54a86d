package io.github.cameldataverse.changes.testkit.entra;

/**
 * An application that may ask for access tokens.
 *
 * @param id of the application
 * @param credential what it proves itself with
 */
public record Client(String id, Credential credential) {}
