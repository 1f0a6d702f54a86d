package io.github.cameldataverse.changes.option;

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

    /** What the option {@code api} and the fingerprint of a token call it. */
    public String word() {
        return word;
    }
}
