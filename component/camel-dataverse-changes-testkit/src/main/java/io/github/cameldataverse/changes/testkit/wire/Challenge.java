package io.github.cameldataverse.changes.testkit.wire;

/** What is said to a request without an access token, or with one that is not accepted. */
public final class Challenge {
    /** Where the platform sends clients for a token. */
    public static final String AUTHORITY =
            "https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/oauth2/authorize";

    private Challenge() {}

    /** 401, naming where to get a token and for what. */
    public static Answer answer(String authority, String resource) {
        return Answer.status(401)
                .header(
                        "WWW-Authenticate",
                        "Bearer authorization_uri=" + authority + ", resource_id=" + resource + "/");
    }
}
