package io.github.cameldataverse.changes.lab;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.api.ManualCommit;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** Writes a line for every account that arrives, and commits its exchange in the same Spring-managed transaction. */
final class TransactedRoute extends RouteBuilder {

    private final String uri;
    private final String subscription;
    private final DataSource database;
    private final DataSource joining;
    private final CountDownLatch idle = new CountDownLatch(1);

    TransactedRoute(String organization, String subscription, DataSource database) {
        this.uri = "dataverse-changes:account?organizationUrl=" + organization + "&allowInsecure=true&accessToken=demo"
                + "&idempotentRepository=#tokens&manualCommit=true&maxPageSize=2&subscription=" + subscription
                + "&initialDelay=0&delay=20&sendEmptyMessageWhenIdle=true";
        this.subscription = subscription;
        this.database = database;
        this.joining = new TransactionAwareDataSourceProxy(database);
    }

    /** Reads until there is nothing more to read. */
    void readToTheEnd() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.disableJMX();
            context.getRegistry().bind("tokens", new JdbcDeltaTokenRepository(joining));
            context.getRegistry()
                    .bind("required", new SpringTransactionPolicy(new DataSourceTransactionManager(database)));
            context.addRoutes(this);
            context.start();
            idle.await();
        }
    }

    @Override
    public void configure() {
        from(uri)
                .choice()
                .when(header(DataverseChangesConstants.KEY).isNull())
                .process(exchange -> idle.countDown())
                .otherwise()
                .to("direct:sink");
        from("direct:sink").transacted("required").process(this::write).process(TransactedRoute::commit);
    }

    private void write(Exchange exchange) throws SQLException {
        try (Connection connection = joining.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO change_log (reader, change_key) VALUES (?, ?)")) {
            insert.setString(1, subscription);
            insert.setString(2, exchange.getMessage().getHeader(DataverseChangesConstants.KEY, String.class));
            insert.executeUpdate();
        }
    }

    private static void commit(Exchange exchange) {
        exchange.getProperty(DataverseChangesConstants.MANUAL_COMMIT, ManualCommit.class)
                .commit();
    }
}
