package io.github.cameldataverse.changes.internal.source;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.http.answer.FirstWords;

/**
 * A body that is not one whole page of changes. Nothing of it may be delivered. It has no cause: the message of a
 * parser quotes what it stumbled over, which may be the content of a row.
 */
public final class MalformedPageException extends Exception {

    private static final long serialVersionUID = 1L;

    public MalformedPageException(String sentence) {
        super(sentence);
    }

    /** What it is to a reader of the table: a reason to ask again. A gateway writes pages and texts, the service never does. */
    public ServiceFault fault(String logicalName, Answer answer) {
        String words = FirstWords.of(answer);
        ServiceFault fault = new ServiceFault.Transient(
                words.isEmpty()
                        ? "The service sent a page of the table " + logicalName
                                + " that cannot be used, and nothing of it was delivered: "
                                + answer.secrets().redacted(String.valueOf(getMessage()))
                        : FaultTable.inItsPlace("the table " + logicalName, answer.status(), words),
                answer.status(),
                answer.secrets().fit(this));
        return fault.withRequestId(answer.requestId());
    }

    /** The same with its place in the page, of a change that does not know it. */
    public MalformedPageException at(String place) {
        return new MalformedPageException(place + ": " + getMessage());
    }
}
