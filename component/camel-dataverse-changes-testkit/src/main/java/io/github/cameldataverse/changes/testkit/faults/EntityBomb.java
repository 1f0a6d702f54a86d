package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Question;
import io.github.cameldataverse.changes.testkit.wire.Soap;
import java.util.function.Supplier;

/**
 * The envelope has a document type with an entity that ten of another one are in, and so on: a few hundred bytes that
 * become gigabytes in a parser that resolves them. Strikes requests to the Organization Service only.
 */
public record EntityBomb() implements Fault {
    private static final int LEVELS = 10;

    @Override
    public boolean concerns(Question question) {
        return Soap.isMeantBy(question);
    }

    @Override
    public Answer strike(Question question, Supplier<Answer> proper) {
        return DocumentTypes.declared(proper.get(), declarations(), "e" + LEVELS);
    }

    private static String declarations() {
        StringBuilder declarations = new StringBuilder("<!ENTITY e0 \"boom\">");
        for (int level = 1; level <= LEVELS; level++) {
            String ten = ("&e" + (level - 1) + ";").repeat(10);
            declarations
                    .append("<!ENTITY e")
                    .append(level)
                    .append(" \"")
                    .append(ten)
                    .append("\">");
        }
        return declarations.toString();
    }
}
