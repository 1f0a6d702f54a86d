package io.github.cameldataverse.changes.example;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.api.ManualCommit;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * Takes what a sink refuses to the dead letters. Where a route commits its exchanges itself, a refused one is committed
 * here, after the dead letters have it: its own transaction was rolled back.
 */
@ApplicationScoped
class RefusedChanges extends RouteBuilder {

    static final String ENDPOINT = "direct:refused";

    @Override
    public void configure() {
        from(ENDPOINT)
                .routeId("refused-to-dead-letters")
                .errorHandler(noErrorHandler())
                .to("{{example.dead-letters}}")
                .process(RefusedChanges::commit);
    }

    private static void commit(Exchange exchange) {
        ManualCommit commit = exchange.getProperty(DataverseChangesConstants.MANUAL_COMMIT, ManualCommit.class);
        if (commit != null) {
            commit.commit();
        }
    }
}
