package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Question;
import io.github.cameldataverse.changes.testkit.wire.Soap;
import io.github.cameldataverse.changes.testkit.wire.SoapFault;
import io.github.cameldataverse.changes.testkit.xml.Prefixes;
import java.util.function.Supplier;

/**
 * A SOAP fault of the layer below the service: there is no code in it. Strikes requests to the Organization Service only.
 *
 * @param name its fault code
 * @param message its text
 */
public record FaultWithoutDetail(String name, String message) implements Fault {
    /** The service broke down over the request. */
    public FaultWithoutDetail() {
        this("InternalServiceFault", "The server was unable to process the request due to an internal error.");
    }

    @Override
    public boolean concerns(Question question) {
        return Soap.isMeantBy(question);
    }

    @Override
    public Answer strike(Question question, Supplier<Answer> proper) {
        return SoapFault.ofDispatcher(name, message, Prefixes.USUAL);
    }
}
