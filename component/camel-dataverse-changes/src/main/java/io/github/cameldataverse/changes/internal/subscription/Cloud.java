package io.github.cameldataverse.changes.internal.subscription;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Microsoft's clouds: each has its own hosts for organizations and its own sign-in service (learn.microsoft.com, "Web API:
 * national clouds" and "Microsoft Entra: national clouds").
 */
enum Cloud {
    GCC_HIGH("GCC High", List.of(".crm.microsoftdynamics.us"), List.of("login.microsoftonline.us")),
    DOD("DoD", List.of(".crm.appsplatform.us"), List.of("login.microsoftonline.us")),
    CHINA("China", List.of(".crm.dynamics.cn"), List.of("login.partner.microsoftonline.cn", "login.chinacloudapi.cn")),
    /** GCC is here too: its organizations are at crm9. */
    COMMERCIAL(
            "commercial cloud",
            List.of(".dynamics.com"),
            List.of("login.microsoftonline.com", "login.microsoft.com", "login.windows.net", "sts.windows.net"));

    private final String title;
    private final List<String> organizations;
    private final List<String> authorities;

    Cloud(String title, List<String> organizations, List<String> authorities) {
        this.title = title;
        this.organizations = organizations;
        this.authorities = authorities;
    }

    /** The one that an organization is in; none for hosts that are not Microsoft's, such as a proxy. */
    static Optional<Cloud> of(URI organization) {
        String host = hostOf(organization);
        return Arrays.stream(values())
                .filter(cloud -> cloud.organizations.stream().anyMatch(host::endsWith))
                .findFirst();
    }

    /** Where the organization signs in unless an option says otherwise. */
    static String authorityOf(URI organization) {
        return "https://" + of(organization).orElse(COMMERCIAL).authorities.get(0);
    }

    /**
     * An authority of one cloud cannot sign in to an organization of another.
     *
     * @throws IllegalArgumentException if both are known and do not go together
     */
    static void check(URI organization, URI authority) {
        of(organization)
                .filter(cloud -> !cloud.authorities.contains(hostOf(authority)))
                .filter(cloud -> isKnown(hostOf(authority)))
                .ifPresent(cloud -> {
                    throw new IllegalArgumentException("The organization " + hostOf(organization) + " is in the cloud "
                            + cloud.title + ", whose sign-in service is https://" + cloud.authorities.get(0)
                            + ", and the authority given is " + authority + "; leave authority out, or set it to that");
                });
    }

    private static boolean isKnown(String authority) {
        return Arrays.stream(values()).anyMatch(cloud -> cloud.authorities.contains(authority));
    }

    private static String hostOf(URI uri) {
        return String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    }
}
