package io.github.cameldataverse.changes.testkit.internal.response;

import io.github.cameldataverse.changes.testkit.http.ServiceResponse;

/** What is said to a request without an access token, or with one that is not accepted. */
public final class TokenChallenge {
    private TokenChallenge() {}

    /** Where the platform sends clients for a token. */
    public static String authority(String tenant) {
        return "https://login.microsoftonline.com/" + tenant + "/oauth2/authorize";
    }

    /** 401, naming where to get a token and for what. */
    public static ServiceResponse answer(String authority, String resource) {
        return ServiceResponse.status(401)
                .header(
                        "WWW-Authenticate",
                        "Bearer authorization_uri=" + authority + ", resource_id=" + resource + "/");
    }
}
