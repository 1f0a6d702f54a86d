package io.github.cameldataverse.changes.example;

import org.apache.camel.Exchange;

/** The two ends of a full reload come without a row. A file or a message needs a body that says what it is. */
final class Brackets {

    private Brackets() {}

    static void describe(Exchange exchange) {
        ChangeType type = ChangeType.of(exchange.getMessage());
        if (type.isBracket()) {
            exchange.getMessage().setBody("{\"type\":\"%s\"}".formatted(type.word()));
        }
    }
}
