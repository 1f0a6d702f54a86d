package io.github.cameldataverse.changes.internal.http;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.CompositeHttpConfigurer;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpComponentConfigurer;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The client of an endpoint that the user's own HTTP component made, so that its TLS, proxy, pool and time-outs hold
 * here. The endpoint is not registered: its address must not appear beside the user's endpoints.
 */
public final class BorrowedHttpClient extends ServiceSupport {

    private static final String CONNECT_TIMEOUT = "connectTimeout";

    /**
     * For TCP and then for TLS, in milliseconds, unless the user says otherwise. Camel's own three minutes are longer than a
     * whole request may take.
     */
    private static final String CONNECTING = "10000";

    private final HttpEndpoint endpoint;
    private final Optional<String> proxyPassword;

    /**
     * @param options options of Camel's HTTP endpoint, already checked
     * @throws Exception as Camel's HTTP component throws it
     */
    public BorrowedHttpClient(CamelContext context, URI organization, Map<String, Object> options) throws Exception {
        HttpComponent component = context.getComponent(organization.getScheme(), HttpComponent.class);
        ProxySignIn proxy = new ProxySignIn(options, component);
        this.proxyPassword = Optional.ofNullable(proxy.password());
        this.endpoint = (HttpEndpoint)
                component.createEndpoint(organization.toString(), withConnectTimeout(component, proxy.printable()));
        endpoint.setHttpClientConfigurer(composed(endpoint.getHttpClientConfigurer(), proxy));
        // A listener would print the header that carries the token.
        endpoint.setLogHttpActivity(false);
        endpoint.setHttpActivityListener(null);
    }

    private static Map<String, Object> withConnectTimeout(HttpComponent component, Map<String, Object> options) {
        Map<String, Object> all = new HashMap<>(options);
        if (connectTimeout(component).equals(connectTimeout(new HttpComponent()))) {
            all.putIfAbsent(CONNECT_TIMEOUT, CONNECTING);
        }
        return all;
    }

    /** By its name, because it has another type from one line of Camel to the next. */
    private static Object connectTimeout(HttpComponent component) {
        return new HttpComponentConfigurer().getOptionValue(component, CONNECT_TIMEOUT, true);
    }

    /** The client; good between start and stop. */
    public HttpClient client() {
        return endpoint.getHttpClient();
    }

    /** What the client says to a proxy, and nobody may read. */
    public Optional<String> proxyPassword() {
        return proxyPassword;
    }

    @Override
    protected void doStart() {
        ServiceHelper.startService(endpoint);
    }

    @Override
    protected void doStop() {
        ServiceHelper.stopAndShutdownService(endpoint);
    }

    /** Ours last. What combines two configurers in Camel would put it first, or into the user's own bean. */
    private static HttpClientConfigurer composed(@Nullable HttpClientConfigurer users, ProxySignIn proxy) {
        CompositeHttpConfigurer all = new CompositeHttpConfigurer();
        all.addConfigurer(users);
        all.addConfigurer(proxy);
        all.addConfigurer(BorrowedHttpClient::keepToOneRequest);
        return all;
    }

    /**
     * One call is one request to one host: the token follows no redirect, a wait is never slept by the client, and a
     * challenge is not answered with what the user's component signs in with elsewhere. No head of an answer is read
     * without an end.
     */
    private static void keepToOneRequest(HttpClientBuilder builder) {
        builder.disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .setRequestExecutor(new BoundedHead())
                .setTargetAuthenticationStrategy((kind, challenges, context) -> List.of());
    }
}
