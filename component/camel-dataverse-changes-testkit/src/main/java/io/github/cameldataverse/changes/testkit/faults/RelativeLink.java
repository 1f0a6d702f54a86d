package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.util.function.Supplier;

/**
 * The link of the page is relative. That is allowed: a client has to resolve it.
 *
 * @param fromRoot whether it begins with the slash of the path, or with the entity set
 */
public record RelativeLink(boolean fromRoot) implements Fault {
    /** The link begins with the slash of the path. */
    public RelativeLink() {
        this(true);
    }

    @Override
    public ServiceResponse strike(ServiceRequest question, Supplier<ServiceResponse> proper) {
        return new LinkToOtherHost(this::relative).strike(question, proper);
    }

    private String relative(String link) {
        int path = link.indexOf('/', link.indexOf("//") + 2);
        int query = link.indexOf('?');
        int from = fromRoot ? path : link.lastIndexOf('/', query < 0 ? link.length() : query) + 1;
        return link.substring(from);
    }
}
