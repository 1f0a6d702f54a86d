package io.github.cameldataverse.changes.internal.http;

import io.github.cameldataverse.changes.internal.http.answer.ServiceText;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The options {@code http.*} that reach Camel's HTTP endpoint. Only those that say how to reach the organization pass:
 * whatever signs in, follows redirects or keeps cookies would undo what this component promises.
 */
public final class HttpOptions {

    private static final Set<String> ALLOWED = Set.of(
            "connectTimeout",
            "connectionRequestTimeout",
            "soTimeout",
            "responseTimeout",
            "connectionsPerRoute",
            "maxTotalConnections",
            "httpClientConfigurer",
            "proxyHost",
            "proxyPort",
            "proxyAuthScheme",
            "proxyAuthMethod",
            "proxyAuthHost",
            "proxyAuthPort",
            "proxyAuthUsername",
            "proxyAuthPassword",
            "proxyAuthDomain",
            "proxyAuthNtHost",
            "nonProxyHosts",
            "useSystemProperties",
            "userAgent",
            "x509HostnameVerifier");

    private HttpOptions() {}

    /**
     * Checks the names.
     *
     * @throws IllegalArgumentException naming the first option that is not allowed
     */
    public static void check(Map<String, Object> options) {
        for (String name : new TreeSet<>(options.keySet())) {
            if (!ALLOWED.contains(name)) {
                throw new IllegalArgumentException("The option http." + ServiceText.clean(name)
                        + " is not allowed; use one of " + new TreeSet<>(ALLOWED)
                        + ", or configure Camel's http component");
            }
        }
    }
}
