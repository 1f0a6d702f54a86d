package io.github.cameldataverse.changes.issues;

import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.harness.ConsumerRoute;
import io.github.cameldataverse.changes.harness.ConsumerRoute.Received;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Two organizations, of which one has two addresses, and a database that holds the tokens of all their readers. */
abstract class TwoOrganizations {

    static final String CONTOSO = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";
    static final String FABRIKAM = "9b2e7c10-1111-4222-8333-44445555aaaa";

    final JdbcDataSource source = new JdbcDataSource();
    PagedAccounts accounts;
    PagedAccounts others;

    @BeforeEach
    void open() throws Exception {
        source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        accounts = new PagedAccounts(OverBothApis.API);
        others = new PagedAccounts(OverBothApis.API);
        tellNone();
    }

    @AfterEach
    void close() {
        accounts.close();
        others.close();
    }

    void tellNone() {
        accounts.tellNoId();
    }

    URI first() {
        return accounts.address();
    }

    URI second() {
        return accounts.otherAddress();
    }

    ConsumerRoute reader(URI address) {
        return on(new JdbcDeltaTokenRepository(source), address);
    }

    ConsumerRoute on(DeltaTokenRepository repository, URI address) {
        return accounts.reader(address).with("idempotentRepository", repository);
    }

    static void awaitLoad(ConsumerRoute reader) {
        await().until(() -> reader.checkpoint() != null && reader.checkpoint().beginsDelta());
    }

    static List<Received> loaded(ConsumerRoute route) throws Exception {
        try (ConsumerRoute reader = route.start()) {
            awaitLoad(reader);
            return List.copyOf(reader.received());
        }
    }

    void askForAReload(DeltaTokenRepository repository, URI address) throws Exception {
        try (ConsumerRoute route = on(repository, address)) {
            String uri = route.uri() + "&operation=resync";
            route.context().start();
            route.context().createProducerTemplate().requestBody(uri, (Object) null);
        }
    }

    void askForAReload(URI address) throws Exception {
        askForAReload(new JdbcDeltaTokenRepository(source), address);
    }
}
