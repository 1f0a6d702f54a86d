package io.github.cameldataverse.changes.internal.http;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.Credentials;
import org.apache.hc.client5.http.auth.NTCredentials;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Signs in at the proxy with the password of the options. Camel's HTTP component never sees that password: it prints
 * the address of each endpoint it makes at DEBUG, all options in it. What the options leave out is the component's.
 */
final class ProxySignIn implements HttpClientConfigurer {

    private static final String PASSWORD = "proxyAuthPassword";

    private final Map<String, Object> options;
    private final HttpComponent component;

    ProxySignIn(Map<String, Object> options, HttpComponent component) {
        this.options = options;
        this.component = component;
    }

    /** The password, of the options or of the component; null if there is none. */
    @Nullable
    String password() {
        return given(PASSWORD, component.getProxyAuthPassword());
    }

    /** The options that Camel's HTTP component may see. */
    Map<String, Object> printable() {
        Map<String, Object> printable = new HashMap<>(options);
        printable.remove(PASSWORD);
        if (printable.containsKey("proxyHost") && component.getProxyAuthScheme() == null) {
            // Camel would speak TLS with the proxy wherever it does so with the organization, and few proxies know it.
            printable.putIfAbsent("proxyAuthScheme", "http");
        }
        return printable;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        String host = given(
                "proxyAuthHost", given("proxyHost", either(component.getProxyAuthHost(), component.getProxyHost())));
        String port = given(
                "proxyAuthPort", given("proxyPort", either(component.getProxyAuthPort(), component.getProxyPort())));
        String user = given("proxyAuthUsername", component.getProxyAuthUsername());
        String password = given(PASSWORD, null);
        if (host != null && port != null && user != null && password != null) {
            BasicCredentialsProvider credentials = new BasicCredentialsProvider();
            credentials.setCredentials(new AuthScope(host, Integer.parseInt(port)), credentials(user, password));
            builder.setDefaultCredentialsProvider(credentials);
        }
    }

    private Credentials credentials(String user, String password) {
        String domain = given("proxyAuthDomain", component.getProxyAuthDomain());
        return domain == null
                ? new UsernamePasswordCredentials(user, password.toCharArray())
                : new NTCredentials(
                        user, password.toCharArray(), given("proxyAuthNtHost", component.getProxyAuthNtHost()), domain);
    }

    private @Nullable String given(String option, @Nullable String otherwise) {
        Object value = options.get(option);
        return value == null ? otherwise : value.toString();
    }

    private static @Nullable String either(@Nullable Object one, @Nullable Object other) {
        Object value = one == null ? other : one;
        return value == null ? null : value.toString();
    }
}
