package io.github.cameldataverse.changes.example;

import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;

/**
 * Every change of an account becomes a JSON file: {@code <id>@<version>.json}, or {@code <id>!<round>.deleted.json}.
 *
 * <p>A file shows up under its name only when it is complete, because it is written under another one and renamed. A
 * file of the same name is replaced in that one step. It holds the same change, because its name is the key of the
 * change, and after a reload with other columns those columns: a repeated change does no harm.
 */
@ApplicationScoped
class AccountsToFiles extends RouteBuilder {

    static final String CHANGES = "dataverse-changes:account?subscription=files&idempotentRepository=#fileTokens"
            + "&delay={{example.delay}}&select=" + Account.COLUMNS;

    @Override
    public void configure() {
        from(CHANGES)
                .routeId("accounts-to-files")
                .process(Outgoing::describeBracket)
                .process(AccountsToFiles::nameTheFile)
                .to(
                        "file:{{example.data}}/accounts?tempPrefix=.part-&fileExist=TryRename&copyAndDeleteOnRenameFail=false")
                .log(LoggingLevel.DEBUG, "arrived", "${routeId} ${header.CamelDataverseChangesKey}");
    }

    private static void nameTheFile(Exchange exchange) {
        Incoming change = Incoming.of(exchange);
        String ending = change.type() == ChangeType.DELETE ? ".deleted.json" : ".json";
        exchange.getMessage().setHeader(Exchange.FILE_NAME, change.key() + ending);
    }
}
