package io.github.cameldataverse.changes.example;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import javax.sql.DataSource;
import org.apache.camel.builder.RouteBuilder;

/** The table {@code contact} follows the contacts of the organization. */
@ApplicationScoped
class ContactsToSql extends RouteBuilder {

    static final SqlTable CONTACTS = SqlTable.named("contact", "contactid")
            .with("firstname", ColumnType.TEXT)
            .with("lastname", ColumnType.TEXT)
            .with("emailaddress1", ColumnType.TEXT)
            .with("birthdate", ColumnType.DATE)
            .with("_parentcustomerid_value", ColumnType.GUID)
            .with("modifiedon", ColumnType.TIMESTAMP);

    static final String CHANGES = "dataverse-changes:contact?subscription=sql&idempotentRepository=#sqlTokens"
            + "&knownIds=true&onTokenExpired=resync&delay={{example.delay}}&select=" + CONTACTS.select();

    @Inject
    DataSource dataSource;

    @Inject
    Arrivals arrivals;

    @Override
    public void configure() {
        from(CHANGES)
                .routeId("contacts-to-sql")
                .process(new SqlSink(dataSource, CONTACTS))
                .process(exchange -> arrivals.note("contact-sql", Incoming.of(exchange)));
    }
}
