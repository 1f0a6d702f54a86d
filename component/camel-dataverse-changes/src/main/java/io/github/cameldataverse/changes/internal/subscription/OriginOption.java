package io.github.cameldataverse.changes.internal.subscription;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An option that names an origin, as the user wrote it. */
record OriginOption(String option, @Nullable String text, boolean allowInsecure) {

    private static final String EXAMPLE = "; for example https://contoso.crm4.dynamics.com";
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "[::1]", "::1");

    /** Scheme, host and port, and nothing else. */
    URI checked() {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("The option " + option + " is missing" + EXAMPLE);
        }
        URI uri = parsed(text.strip());
        require("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()), "must begin with https://");
        require(uri.getHost() != null, "must name a host of letters, digits, dots and hyphens");
        require(uri.getRawUserInfo() == null, "must not hold a user name or a password");
        require(isBare(uri), "must be scheme, host and port alone, without path or query");
        require(
                "https".equals(uri.getScheme()) || isAllowedInsecure(uri),
                "must begin with https://. Plain http is only"
                        + " for a simulator on this machine, with allowInsecure=true");
        return URI.create(uri.getScheme() + "://" + uri.getRawAuthority());
    }

    private URI parsed(String address) {
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            // Without the cause, which quotes the address: there may be a password in it.
            throw new IllegalArgumentException("The option " + option + " is no address" + EXAMPLE);
        }
    }

    private void require(boolean condition, String sentence) {
        if (!condition) {
            throw new IllegalArgumentException("The option " + option + " " + sentence + EXAMPLE);
        }
    }

    private static boolean isBare(URI uri) {
        return (uri.getRawPath() == null
                        || uri.getRawPath().isEmpty()
                        || uri.getRawPath().equals("/"))
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
    }

    private boolean isAllowedInsecure(URI uri) {
        return allowInsecure && (LOOPBACK_NAMES.contains(uri.getHost()) || isLoopbackAddress(uri.getHost()));
    }

    /** Numbers only: a name could lead anywhere tomorrow. */
    private static boolean isLoopbackAddress(String host) {
        try {
            return host.matches("[0-9.]+") && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
