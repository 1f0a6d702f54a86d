package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.internal.argument.Argument;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** Links to other hosts that a careless check takes for links of the organization, each as a fault. */
public final class DisguisedLinks {
    private DisguisedLinks() {}

    /**
     * All of them, by what is wrong with them.
     *
     * @param organization the origin that the client must stay at
     * @param stranger where the links lead; start a second simulator there and check that it receives nothing
     */
    public static Map<String, Fault> all(URI organization, URI stranger) {
        Argument.given("The organization of DisguisedLinks", organization);
        Argument.given("The stranger of DisguisedLinks", stranger);
        String own = organization.toString();
        String ownHost = organization.getAuthority();
        String other = stranger.getAuthority();
        Map<String, Fault> shapes = new LinkedHashMap<>();
        put(shapes, "another host", own, stranger.toString());
        put(
                shapes,
                "the own host as user",
                own,
                stranger.getScheme() + "://" + ownHost.replace(':', '.') + "@" + other);
        put(shapes, "the own host as user and password", own, stranger.getScheme() + "://" + ownHost + "@" + other);
        put(shapes, "no scheme", own, "//" + other);
        put(shapes, "another port", own, "http://" + organization.getHost() + ":" + stranger.getPort());
        put(shapes, "another scheme", own, "https://" + ownHost);
        put(shapes, "the own host as a subdomain", own, "http://" + organization.getHost() + ".evil.example");
        put(shapes, "a host with an underscore", own, "http://evil_host:" + stranger.getPort());
        put(shapes, "backslashes", own, "http:\\\\" + other);
        put(shapes, "another case of another host", own, stranger.toString().replace("http", "HTTP"));
        put(shapes, "a blank in the host", own, "http://" + ownHost + " ." + other);
        return shapes;
    }

    private static void put(Map<String, Fault> shapes, String name, String own, String origin) {
        shapes.put(name, new LinkToOtherHost(link -> link.replace(own, origin)));
    }
}
