package io.github.cameldataverse.changes.testkit.faults;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Question;
import java.util.function.Supplier;

/** The page has a next link and a delta link, which OData forbids: the one that is missing is made from the other. */
public record BothLinks() implements Fault {
    @Override
    public Answer strike(Question question, Supplier<Answer> proper) {
        return Pages.edit(proper.get(), BothLinks::complete);
    }

    private static void complete(ObjectNode page) {
        if (page.has(Pages.NEXT_LINK)) {
            page.put(Pages.DELTA_LINK, page.get(Pages.NEXT_LINK).asText());
        } else if (page.has(Pages.DELTA_LINK)) {
            page.put(Pages.NEXT_LINK, page.get(Pages.DELTA_LINK).asText());
        }
    }
}
