package io.github.cameldataverse.changes.internal.http;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.http.answer.SecretsInUse;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The origins that may see the access token: that of the organization and those the user named beside it. Every link
 * the service sends passes here before a credential is put to it, stored ones included.
 */
public final class ServiceOrigin {

    private static final String API_PATH = "/api/data/";
    private static final int DECODINGS = 2;
    private static final Pattern DOT_SEGMENT = Pattern.compile("/\\.{1,2}(?:[/;]|$)");

    private final URI organization;
    private final SecretsInUse secrets;
    private final Set<String> admitted = new LinkedHashSet<>();

    /**
     * @param organization scheme, host and port of the organization
     * @param additional other origins of the same organization, as the user listed them
     * @param secrets what no sentence about a link may show
     */
    public ServiceOrigin(URI organization, List<URI> additional, SecretsInUse secrets) {
        this.organization = organization;
        this.secrets = secrets;
        admitted.add(originOf(organization));
        additional.forEach(uri -> admitted.add(originOf(uri)));
    }

    /** Scheme, host and port in one canonical text. */
    public String text() {
        return originOf(organization);
    }

    /**
     * Turns a link of the service into the address of a request.
     *
     * @param base address that the link was served from, for a relative link
     * @throws ServiceFault.Permanent if the link leads anywhere else; no request is made then
     */
    public URI admit(URI base, String link) throws ServiceFault.Permanent {
        URI uri = resolve(base, link);
        if (!isAdmitted(uri)) {
            throw refused(uri, "leads to another place than " + text() + API_PATH);
        }
        return uri;
    }

    /**
     * The address of a path of the organization's own.
     *
     * @param path a path that this component knows; never one that was served
     */
    URI at(String path) {
        return URI.create(text() + path);
    }

    private boolean isAdmitted(URI uri) {
        return uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getRawFragment() == null
                && admitted.contains(originOf(uri))
                && staysInApi(uri.getRawPath());
    }

    private static boolean staysInApi(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        return lower.startsWith(API_PATH)
                && !DOT_SEGMENT.matcher(asAServerMayReadIt(lower)).find();
    }

    /** Some servers decode a path before they take the dot segments out of it, and one behind a gateway does so again. */
    private static String asAServerMayReadIt(String path) {
        String decoded = path;
        for (int i = 0; i < DECODINGS; i++) {
            decoded = decoded.replace("%25", "%")
                    .replace("%2e", ".")
                    .replace("%2f", "/")
                    .replace("%5c", "/")
                    .replace("%3b", ";");
        }
        return decoded;
    }

    private static URI resolve(URI base, String link) throws ServiceFault.Permanent {
        if (link.isEmpty()) {
            // Resolved, it would be the folder of the page.
            throw noAddress("it is empty");
        }
        try {
            URI uri = new URI(link);
            // java.net.URI drops the last segment of the base when only a query is given.
            return link.startsWith("?") ? new URI(withoutQuery(base) + link) : base.resolve(uri);
        } catch (URISyntaxException e) {
            throw noAddress(e.getReason() + " at character " + e.getIndex());
        }
    }

    private static ServiceFault.Permanent noAddress(String why) {
        return new ServiceFault.Permanent(
                "The service sent a link that is no address (" + why
                        + "). Nothing was sent to it; report it to the service's support",
                0);
    }

    private static String withoutQuery(URI base) {
        String text = base.toString();
        int query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query);
    }

    private ServiceFault.Permanent refused(URI uri, String why) {
        return new ServiceFault.Permanent(
                "The service sent a link to " + secrets.clean(uri.getScheme() + "://" + uri.getRawAuthority())
                        + " that " + why
                        + ". Nothing was sent to it; if the host belongs to this organization, add it to the option"
                        + " additionalOrigins",
                0);
    }

    /** The same of any address that is one. */
    public static String of(String address) {
        return originOf(URI.create(address));
    }

    private static String originOf(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : "http".equals(scheme) ? 80 : 443;
        boolean usual = port == ("http".equals(scheme) ? 80 : 443);
        return scheme + "://" + host + (usual ? "" : ":" + port);
    }
}
