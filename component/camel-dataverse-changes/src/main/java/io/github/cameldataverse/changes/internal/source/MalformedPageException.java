package io.github.cameldataverse.changes.internal.source;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.http.answer.Answer;

/**
 * A body that is not one whole page of changes. Nothing of it may be delivered. It has no cause: the message of a
 * parser quotes what it stumbled over, which may be the content of a row.
 */
public final class MalformedPageException extends Exception {

    private static final long serialVersionUID = 1L;

    public MalformedPageException(String sentence) {
        super(sentence);
    }

    /** What it is to a reader of the table: a reason to ask again. */
    public ServiceFault fault(String logicalName, Answer answer) {
        ServiceFault fault = new ServiceFault.Transient(
                "The service sent a page of the table " + logicalName
                        + " that cannot be used, and nothing of it was delivered: "
                        + answer.secrets().redacted(String.valueOf(getMessage())),
                answer.status(),
                answer.secrets().fit(this));
        return fault.withRequestId(answer.requestId());
    }
}
