package io.github.cameldataverse.changes.example;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.api.ManualCommit;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jdbc.JdbcConstants;

/**
 * The table {@code contact} follows the contacts of the organization, written by Camel's {@code jdbc:} endpoint. The
 * statements and the token share one JTA transaction: the second route runs inside it, and what fails there rolls back.
 *
 * <p>A value reaches a statement as a named parameter, {@code :?lastname}, and never becomes part of it. The guards
 * {@code version} and {@code seen_round} are those of {@link AccountTable}.
 */
@ApplicationScoped
class ContactsToSql extends RouteBuilder {

    static final String CHANGES = "dataverse-changes:contact?subscription=jdbc&idempotentRepository=#sqlTokens"
            + "&knownIds=true&onTokenExpired=resync&manualCommit=true"
            + "&delay={{example.delay}}&select=" + Contact.COLUMNS;

    // tag::jdbc[]
    private static final String UPDATE =
            """
            update contact
            set firstname = :?firstname, lastname = :?lastname, emailaddress1 = :?emailaddress1,
                birthdate = :?birthdate, annualincome = :?annualincome,
                _parentcustomerid_value = :?parentCustomer, modifiedon = :?modifiedon,
                version = :?version, seen_round = :?round
            where contactid = :?id and version <= :?version
            """;

    // Does nothing if the table holds a newer version already.
    private static final String INSERT =
            """
            insert into contact (contactid, firstname, lastname, emailaddress1, birthdate, annualincome,
                _parentcustomerid_value, modifiedon, version, seen_round)
            values (:?id, :?firstname, :?lastname, :?emailaddress1, :?birthdate, :?annualincome,
                :?parentCustomer, :?modifiedon, :?version, :?round)
            on conflict do nothing
            """;

    private static final String DELETE = "delete from contact where contactid = :?id and seen_round <= :?round";

    // The endpoint leaves the commit to the transaction: resetAutoCommit=false.
    private static final String DATABASE = "jdbc:default?useHeadersAsParameters=true&resetAutoCommit=false";

    @Override
    public void configure() {
        ProducerTemplate inside = getContext().createProducerTemplate();
        from(CHANGES)
                .routeId("contacts-to-sql")
                .process(exchange ->
                        QuarkusTransaction.requiringNew().call(() -> accepted(inside.send("direct:contact", exchange))))
                // Nothing that can fail stands behind the transaction: its effect would stay.
                .log(LoggingLevel.DEBUG, "arrived", "${routeId} ${header.CamelDataverseChangesKey}");

        from("direct:contact")
                .routeId("contact-in-transaction")
                // The route outside handles a failure, after the rollback.
                .errorHandler(noErrorHandler())
                .choice()
                .when(ChangeType.UPSERT::isThatOf)
                .unmarshal(RowFormat.of(Contact.class))
                .process(ContactsToSql::setRow)
                .setBody(constant(UPDATE))
                .to(DATABASE)
                .filter(header(JdbcConstants.JDBC_UPDATE_COUNT).isEqualTo(0))
                .setBody(constant(INSERT))
                .to(DATABASE)
                .endChoice()
                .when(ChangeType.DELETE::isThatOf)
                .process(ContactsToSql::setKey)
                .setBody(constant(DELETE))
                .to(DATABASE)
                .end()
                .process(exchange -> exchange.getProperty(DataverseChangesConstants.MANUAL_COMMIT, ManualCommit.class)
                        .commit());
    }

    /** A failure inside rolls the transaction back, and then fails the exchange outside. */
    private static Exchange accepted(Exchange exchange) throws Exception {
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return exchange;
    }

    private static void setRow(Exchange exchange) {
        Message change = exchange.getMessage();
        Contact contact = change.getBody(Contact.class);
        Map<String, Object> row = new HashMap<>(key(change));
        row.put("firstname", contact.firstname());
        row.put("lastname", contact.lastname());
        row.put("emailaddress1", contact.emailaddress1());
        row.put("birthdate", contact.birthdate());
        row.put("annualincome", contact.annualincome());
        row.put("parentCustomer", contact.parentCustomer());
        row.put("modifiedon", contact.modifiedon());
        row.put("version", Incoming.version(change));
        change.setHeader(JdbcConstants.JDBC_PARAMETERS, row);
    }

    private static void setKey(Exchange exchange) {
        exchange.getMessage().setHeader(JdbcConstants.JDBC_PARAMETERS, key(exchange.getMessage()));
    }

    private static Map<String, Object> key(Message change) {
        return Map.of("id", Incoming.id(change), "round", Incoming.round(change));
    }
    // end::jdbc[]
}
