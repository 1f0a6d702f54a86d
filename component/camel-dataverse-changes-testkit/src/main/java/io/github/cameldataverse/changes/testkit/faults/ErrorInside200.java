package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Codes;
import io.github.cameldataverse.changes.testkit.wire.ErrorEnvelope;
import io.github.cameldataverse.changes.testkit.wire.Question;
import io.github.cameldataverse.changes.testkit.wire.Soap;
import io.github.cameldataverse.changes.testkit.wire.SoapFault;
import io.github.cameldataverse.changes.testkit.xml.Prefixes;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * 200, and an error in the body.
 *
 * @param code of the error
 * @param message of the error
 */
public record ErrorInside200(String code, String message) implements Fault {
    /** An unexpected error. */
    public ErrorInside200() {
        this(Codes.UNEXPECTED, "An unexpected error occurred.");
    }

    @Override
    public Answer strike(Question question, Supplier<Answer> proper) {
        return Soap.isMeantBy(question)
                ? new SoapFault(code, message, Optional.empty()).answer(200, Prefixes.USUAL)
                : ErrorEnvelope.answer(200, code, message);
    }
}
