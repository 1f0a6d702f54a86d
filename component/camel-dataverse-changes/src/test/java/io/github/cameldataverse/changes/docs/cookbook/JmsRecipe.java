package io.github.cameldataverse.changes.docs.cookbook;

import org.apache.camel.builder.RouteBuilder;

public class JmsRecipe extends RouteBuilder {
    @Override
    public void configure() {
        // tag::jms[]
        from("dataverse-changes:account?select=name,revenue")
                .setHeader("_AMQ_DUPL_ID", header("CamelDataverseChangesKey"))
                .choice()
                // A reload sends every row once more, and the receiver wants them.
                .when(header("CamelDataverseChangesPhase").isEqualTo("resync"))
                .setHeader(
                        "_AMQ_DUPL_ID",
                        simple("${header.CamelDataverseChangesKey}#${header.CamelDataverseChangesRound}"))
                .end()
                .setHeader("JMSXGroupID", header("CamelDataverseChangesId"))
                .setHeader("type", header("CamelDataverseChangesChangeType"))
                .setHeader("id", header("CamelDataverseChangesId"))
                .setHeader("version", header("CamelDataverseChangesVersion"))
                .setHeader("key", header("CamelDataverseChangesKey"))
                .to("jms:queue:accounts?jmsMessageType=Text&deliveryPersistent=true");
        // end::jms[]
    }
}
