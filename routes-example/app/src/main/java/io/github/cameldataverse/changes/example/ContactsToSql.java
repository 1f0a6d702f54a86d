package io.github.cameldataverse.changes.example;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.api.ManualCommit;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
    private static final String DELETE = "delete from contact where contactid = :?id and seen_round <= :?round";

    private static final String COLUMNS = "columns of the contact";

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
                .process(RowFormat::noteColumns)
                .unmarshal(RowFormat.of(Contact.class))
                .process(ContactsToSql::setRow)
                .setBody(ContactsToSql::update)
                .to(DATABASE)
                .filter(header(JdbcConstants.JDBC_UPDATE_COUNT).isEqualTo(0))
                .setBody(ContactsToSql::insert)
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

    /** A column that the row does not have keeps its value: absent is not null. */
    private static void setRow(Exchange exchange) {
        Message change = exchange.getMessage();
        Map<String, Object> row = RowFormat.present(change, columns(change.getBody(Contact.class)));
        exchange.setProperty(COLUMNS, List.copyOf(row.keySet()));
        row.putAll(key(change));
        row.put("version", Incoming.version(change));
        change.setHeader(JdbcConstants.JDBC_PARAMETERS, row);
    }

    private static Map<String, Object> columns(Contact contact) {
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("firstname", contact.firstname());
        columns.put("lastname", contact.lastname());
        columns.put("emailaddress1", contact.emailaddress1());
        columns.put("birthdate", contact.birthdate());
        columns.put("annualincome", contact.annualincome());
        columns.put("_parentcustomerid_value", contact.parentCustomer());
        columns.put("modifiedon", contact.modifiedon());
        return columns;
    }

    private static String update(Exchange exchange) {
        return "update contact set " + joined(exchange, "%1$s = :?%1$s, ")
                + "version = :?version, seen_round = :?round where contactid = :?id and version <= :?version";
    }

    /** Does nothing if the table holds a newer version already. */
    private static String insert(Exchange exchange) {
        return "insert into contact (" + joined(exchange, "%s, ") + "version, seen_round, contactid) values ("
                + joined(exchange, ":?%s, ") + ":?version, :?round, :?id) on conflict do nothing";
    }

    private static String joined(Exchange exchange, String format) {
        List<?> columns = exchange.getProperty(COLUMNS, List.class);
        return columns.stream().map(column -> format.formatted(column)).collect(Collectors.joining());
    }

    private static void setKey(Exchange exchange) {
        exchange.getMessage().setHeader(JdbcConstants.JDBC_PARAMETERS, key(exchange.getMessage()));
    }

    private static Map<String, Object> key(Message change) {
        return Map.of("id", Incoming.id(change), "round", Incoming.round(change));
    }
    // end::jdbc[]
}
