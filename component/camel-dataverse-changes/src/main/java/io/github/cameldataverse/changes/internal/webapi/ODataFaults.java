package io.github.cameldataverse.changes.internal.webapi;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.http.answer.FaultReader;
import io.github.cameldataverse.changes.internal.source.FaultTable;
import io.github.cameldataverse.changes.internal.source.FaultTable.Subject;
import io.github.cameldataverse.changes.internal.source.ServiceError;
import java.time.Duration;
import java.util.Optional;

/** Finds the faults of the Web API, which are JSON objects with a status that says so. */
public final class ODataFaults implements FaultReader {

    private final FaultTable faults;

    /** @param askedByLink whether the request was a link of the service: only then is there a token that can have expired */
    ODataFaults(String table, boolean askedByLink, Duration maxRetryAfter) {
        this(FaultTable.of(table, askedByLink, maxRetryAfter));
    }

    private ODataFaults(FaultTable faults) {
        this.faults = faults;
    }

    /** The faults of a request for something else than changes. */
    public static ODataFaults of(Subject subject, Duration maxRetryAfter) {
        return new ODataFaults(new FaultTable(subject, false, maxRetryAfter));
    }

    @Override
    public void check(Answer answer) throws ServiceFault {
        if (!answer.isSuccess()) {
            throw fault(answer, ODataError.of(answer));
        }
    }

    /** The fault of an answer that carries the error, whatever its status. */
    ServiceFault fault(Answer answer, ServiceError error) {
        return faults.fault(answer, error, Optional.empty());
    }
}
