package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Question;
import io.github.cameldataverse.changes.testkit.wire.Soap;
import java.util.function.Supplier;

/** The Organization Service says that there is more, and not how to get there. Strikes its requests only. */
public record MissingPagingCookie() implements Fault {
    @Override
    public boolean concerns(Question question) {
        return Soap.isMeantBy(question);
    }

    @Override
    public Answer strike(Question question, Supplier<Answer> proper) {
        return Envelopes.edit(proper.get(), MissingPagingCookie::changed);
    }

    private static String changed(String envelope) {
        String more = Envelopes.with(envelope, Envelopes.MORE_RECORDS, "true");
        return Envelopes.without(Envelopes.without(more, Envelopes.PAGING_COOKIE), Envelopes.DATA_TOKEN);
    }
}
