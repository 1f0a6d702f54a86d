package io.github.cameldataverse.changes.internal.orgservice;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.http.answer.FaultReader;
import io.github.cameldataverse.changes.internal.source.FaultTable;

/** Finds the faults of the Organization Service. They are told apart by the same table as those of the Web API. */
record SoapFaults(FaultTable table) implements FaultReader {

    @Override
    public void check(Answer answer) throws ServiceFault {
        if (!answer.isSuccess()) {
            throw fault(answer);
        }
    }

    /** The fault of an answer that carries one, whatever its status. */
    ServiceFault fault(Answer answer) {
        SoapFault fault = SoapFault.of(answer);
        return table.fault(answer, fault.error(), fault.retryAfter());
    }
}
