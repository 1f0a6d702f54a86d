package io.github.cameldataverse.changes.testkit.internal.response;

import io.github.cameldataverse.changes.testkit.http.ServiceResponse;

/** The response to a request without an access token, or with one that is not accepted. */
public final class TokenChallenge {
    private TokenChallenge() {}

    /** The authority that the platform names. */
    public static String authority(String tenant) {
        return "https://login.microsoftonline.com/" + tenant + "/oauth2/authorize";
    }

    /** 401 with the authority that issues access tokens and the resource that they are for. */
    public static ServiceResponse answer(String authority, String resource) {
        return ServiceResponse.status(401)
                .header(
                        "WWW-Authenticate",
                        "Bearer authorization_uri=" + authority + ", resource_id=" + resource + "/");
    }
}
