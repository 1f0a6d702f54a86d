package io.github.cameldataverse.changes.testkit.wire;

/** What is said to a request without an access token, or with one that is not accepted. */
public final class Challenge {
    private Challenge() {}

    /** Where the platform sends clients for a token. */
    public static String authority(String tenant) {
        return "https://login.microsoftonline.com/" + tenant + "/oauth2/authorize";
    }

    /** 401, naming where to get a token and for what. */
    public static Answer answer(String authority, String resource) {
        return Answer.status(401)
                .header(
                        "WWW-Authenticate",
                        "Bearer authorization_uri=" + authority + ", resource_id=" + resource + "/");
    }
}
