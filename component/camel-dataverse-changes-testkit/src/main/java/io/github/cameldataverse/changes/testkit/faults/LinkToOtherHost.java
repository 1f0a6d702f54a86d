package io.github.cameldataverse.changes.testkit.faults;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.argument.Argument;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The link of the page, next or delta, leads to another host. A client must not follow it, least of all with its access token.
 * A response without a link, and any of the Organization Service, is left as it is.
 *
 * @param change changes the link
 */
public record LinkToOtherHost(UnaryOperator<String> change) implements Fault {
    public LinkToOtherHost {
        Argument.given("LinkToOtherHost.change", change);
    }

    /** The link is replaced by this text. */
    public LinkToOtherHost(String link) {
        this(inPlaceOfAny(link));
    }

    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return ODataPageEditor.edit(proper.get(), this::changeLinks);
    }

    private static UnaryOperator<String> inPlaceOfAny(String link) {
        Argument.given("LinkToOtherHost.link", link);
        return proper -> link;
    }

    private void changeLinks(ObjectNode page) {
        for (String name : List.of(ODataPageEditor.NEXT_LINK, ODataPageEditor.DELTA_LINK)) {
            if (page.has(name)) {
                page.put(name, change.apply(page.get(name).asText()));
            }
        }
    }
}
