package io.github.cameldataverse.changes.auth;

/**
 * Gives bearer tokens for a Dataverse organization. Implement it for a kind of sign-in that the component does not
 * have, and name the bean in the option {@code accessTokenProvider}.
 *
 * <p>The component keeps each token until shortly before it expires and asks again when the service answers 401, so an
 * implementation need not cache. It is called by one thread at a time for one endpoint.
 */
@FunctionalInterface
public interface AccessTokenProvider {

    /**
     * Gets a new token.
     *
     * @param resource the organization the token is for, for example {@code https://contoso.crm4.dynamics.com}; in
     *     OAuth 2.0 terms the scope is {@code resource + "/.default"}
     * @return a token that is good now
     * @throws AccessTokenException if there is none: {@code refused} when asking again is of no use before a setting is
     *     changed, {@code unreachable} otherwise
     */
    AccessToken getAccessToken(String resource) throws AccessTokenException;
}
