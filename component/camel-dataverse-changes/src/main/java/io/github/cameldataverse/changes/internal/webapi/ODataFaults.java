package io.github.cameldataverse.changes.internal.webapi;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.http.answer.FaultReader;
import io.github.cameldataverse.changes.internal.source.FaultTable;
import io.github.cameldataverse.changes.internal.source.FaultTable.Reference;
import io.github.cameldataverse.changes.internal.source.FaultTable.Subject;
import io.github.cameldataverse.changes.internal.source.ServiceError;
import java.time.Duration;
import java.util.Optional;

/** Finds the faults of the Web API, which are JSON objects with a status that says so. */
public final class ODataFaults implements FaultReader {

    private final FaultTable faults;

    /** @param reference whether the request was a link of the service, whose token can have expired */
    ODataFaults(String table, Reference reference, Duration maxRetryAfter) {
        this(FaultTable.of(table, reference, maxRetryAfter));
    }

    private ODataFaults(FaultTable faults) {
        this.faults = faults;
    }

    /** The faults of a request for something else than changes. */
    public static ODataFaults of(Subject subject, Duration maxRetryAfter) {
        return new ODataFaults(new FaultTable(subject, Reference.NONE, maxRetryAfter));
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
