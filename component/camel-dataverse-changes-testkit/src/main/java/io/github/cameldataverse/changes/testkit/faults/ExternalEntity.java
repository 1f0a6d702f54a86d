package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Question;
import io.github.cameldataverse.changes.testkit.wire.Soap;
import java.net.URI;
import java.util.function.Supplier;

/**
 * The envelope has a document type with an entity that is to be fetched from elsewhere. A client must not. Strikes
 * requests to the Organization Service only.
 *
 * @param source a file, or a second simulator: see that it receives nothing
 */
public record ExternalEntity(URI source) implements Fault {
    @Override
    public boolean concerns(Question question) {
        return Soap.isMeantBy(question);
    }

    @Override
    public Answer strike(Question question, Supplier<Answer> proper) {
        return DocumentTypes.declared(proper.get(), "<!ENTITY elsewhere SYSTEM \"" + source + "\">", "elsewhere");
    }
}
