package io.github.cameldataverse.changes.testkit.faults;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Question;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The link of the page, next or delta, leads elsewhere. A client must not follow it, least of all with its access token.
 *
 * @param change what becomes of the link
 */
public record ForeignLink(UnaryOperator<String> change) implements Fault {
    /** The link is replaced by this text. */
    public ForeignLink(String link) {
        this(proper -> link);
    }

    @Override
    public Answer strike(Question question, Supplier<Answer> proper) {
        return Pages.edit(proper.get(), this::changeLinks);
    }

    private void changeLinks(ObjectNode page) {
        for (String name : List.of(Pages.NEXT_LINK, Pages.DELTA_LINK)) {
            if (page.has(name)) {
                page.put(name, change.apply(page.get(name).asText()));
            }
        }
    }
}
