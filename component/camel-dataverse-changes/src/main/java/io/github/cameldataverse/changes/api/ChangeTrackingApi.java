package io.github.cameldataverse.changes.api;

import java.util.Arrays;

/** The two ways in which Dataverse tells the changes of a table. A token of the one is of no use to the other. */
public enum ChangeTrackingApi {
    /** OData delta links. */
    WEB_API("webApi"),
    /** The SOAP message RetrieveEntityChanges. */
    ORGANIZATION_SERVICE("organizationService");

    private final String word;

    ChangeTrackingApi(String word) {
        this.word = word;
    }

    /** @throws IllegalArgumentException with a sentence, if the option {@code api} names neither */
    public static ChangeTrackingApi named(String word) {
        return Arrays.stream(values())
                .filter(api -> api.word.equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The option api must be one of " + WEB_API.word + ", "
                        + ORGANIZATION_SERVICE.word + ", not \"" + word + "\""));
    }

    /** What the option {@code api} and the fingerprint of a token call it. */
    public String word() {
        return word;
    }
}
