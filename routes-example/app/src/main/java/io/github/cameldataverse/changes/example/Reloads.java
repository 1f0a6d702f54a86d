package io.github.cameldataverse.changes.example;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * An empty file asks for a full reload of the reader that it is named after, and is gone when it is asked for: {@code touch
 * data/reload/accounts-to-jms}.
 */
@ApplicationScoped
class Reloads extends RouteBuilder {

    private static final Map<String, String> READERS = Map.of(
            "accounts-to-files", AccountsToFiles.CHANGES,
            "accounts-to-jms", AccountsToJms.CHANGES,
            "accounts-to-sql", AccountsToSql.CHANGES,
            "contacts-to-sql", ContactsToSql.CHANGES);

    @Override
    public void configure() {
        from("file:{{example.data}}/reload?delete=true&moveFailed=.unknown")
                .routeId("ask-for-reload")
                .errorHandler(defaultErrorHandler())
                .process(exchange -> exchange.getMessage().setHeader("reader", reader(exchange)))
                .toD("${header.reader}&operation=resync")
                .log("${file:name}: a full reload is asked for; the reader begins it at its next look");
    }

    private static String reader(Exchange exchange) {
        String name = exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class);
        if (!READERS.containsKey(name)) {
            throw new IllegalArgumentException(
                    "There is no reader " + name + "; name the file after one of " + READERS.keySet());
        }
        return READERS.get(name);
    }
}
