package io.github.cameldataverse.changes.testkit.faults;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Question;
import java.util.function.Supplier;

/**
 * The page has a next link and a delta link, which OData forbids: the one that is missing is made from the other. From the
 * Organization Service, a page in the middle has a data token, which is not to be kept, and the last page a paging
 * cookie, which leads nowhere.
 */
public record BothLinks() implements Fault {
    @Override
    public Answer strike(Question question, Supplier<Answer> proper) {
        return Envelopes.edit(Pages.edit(proper.get(), BothLinks::complete), BothLinks::completed);
    }

    private static String completed(String envelope) {
        return Envelopes.hasMore(envelope)
                ? Envelopes.with(envelope, Envelopes.DATA_TOKEN, "1!01/01/2000 00:00:00")
                : Envelopes.with(envelope, Envelopes.PAGING_COOKIE, "&lt;cookie page=\"1\" /&gt;");
    }

    private static void complete(ObjectNode page) {
        if (page.has(Pages.NEXT_LINK)) {
            page.put(Pages.DELTA_LINK, page.get(Pages.NEXT_LINK).asText());
        } else if (page.has(Pages.DELTA_LINK)) {
            page.put(Pages.NEXT_LINK, page.get(Pages.DELTA_LINK).asText());
        }
    }
}
