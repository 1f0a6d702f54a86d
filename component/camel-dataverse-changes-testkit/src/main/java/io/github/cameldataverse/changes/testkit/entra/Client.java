package io.github.cameldataverse.changes.testkit.entra;

/**
 * An application that may ask for access tokens.
 *
 * @param id of the application
 * @param secret of the application
 */
public record Client(String id, String secret) {
    @Override
    public String toString() {
        return "Client[id=" + id + "]";
    }
}
