package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.argument.Argument;
import java.util.function.Supplier;

/**
 * The link of the page is relative. That is allowed: a client has to resolve it. A response without a link, and any of the
 * Organization Service, is left as it is.
 *
 * @param begin of the link
 */
public record RelativeLink(Begin begin) implements Fault {
    public RelativeLink {
        Argument.given("RelativeLink.begin", begin);
    }

    /** What a relative link begins with. */
    public enum Begin {
        /** The slash of the path. */
        PATH,
        /** The name of the entity set. */
        ENTITY_SET
    }

    /** A link that begins with the slash of its path. */
    public RelativeLink() {
        this(Begin.PATH);
    }

    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return new LinkToOtherHost(this::relative).inject(request, proper);
    }

    private String relative(String link) {
        return switch (begin) {
            case PATH -> link.substring(link.indexOf('/', link.indexOf("//") + 2));
            case ENTITY_SET -> link.substring(lastSlashOfPath(link) + 1);
        };
    }

    private static int lastSlashOfPath(String link) {
        int query = link.indexOf('?');
        return link.lastIndexOf('/', query < 0 ? link.length() : query);
    }
}
