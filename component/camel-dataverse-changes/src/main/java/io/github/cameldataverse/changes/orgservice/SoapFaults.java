package io.github.cameldataverse.changes.orgservice;

import io.github.cameldataverse.changes.http.Answer;
import io.github.cameldataverse.changes.http.FaultReader;
import io.github.cameldataverse.changes.http.ServiceFault;
import io.github.cameldataverse.changes.source.FaultTable;

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
