package io.github.cameldataverse.changes.behaviour.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.token.jdbc.JdbcDeltaTokenRepository;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.cluster.FileLockClusterService;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two members of a cluster, one subscription, {@code master:} in front of it. */
@Tag("needs-camel-master")
class ClusterLeadershipTest {

    private static final int PAGE = 10;
    private static final int ROWS = 60;
    private static final int CHANGES_OF_LEADERS = 3;

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");
    private final JdbcDataSource database = new JdbcDataSource();
    private final List<String> keys = new CopyOnWriteArrayList<>();

    @TempDir
    Path locks;

    @Test
    @ProvesFault({"X1", "X6"})
    void aNewLeaderGoesOnFromTheLastCheckpoint() throws Exception {
        database.setURL("jdbc:h2:mem:leadership;DB_CLOSE_DELAY=-1");
        for (int i = 0; i < ROWS; i++) {
            accounts.create(Map.of("name", "Account " + i));
        }
        CamelContext leader = member();
        for (int change = 1; change <= CHANGES_OF_LEADERS; change++) {
            CamelContext next = member();
            // In the middle of a page: a page is ten rows.
            int middle = change * PAGE + PAGE / 2;
            await().until(() -> keys.size() >= middle);
            leader.stop();
            leader = next;
        }
        await().until(() -> keys.stream().distinct().count() == ROWS);
        accounts.create(Map.of("name", "the last one"));
        await().until(() -> keys.stream().distinct().count() == ROWS + 1);
        leader.stop();
        assertThat(keys.size() - ROWS - 1).as("repeated").isLessThanOrEqualTo(CHANGES_OF_LEADERS * PAGE);
    }

    /** Slow enough for a leader to be stopped in the middle of a page. */
    private CamelContext member() throws Exception {
        CamelContext member = new DefaultCamelContext();
        FileLockClusterService cluster = new FileLockClusterService();
        cluster.setRoot(locks.toString());
        cluster.setAcquireLockDelay(20, TimeUnit.MILLISECONDS);
        cluster.setAcquireLockInterval(20, TimeUnit.MILLISECONDS);
        member.addService(cluster);
        member.getRegistry().bind("tokens", new JdbcDeltaTokenRepository(database));
        member.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("master:accounts:dataverse-changes:account?organizationUrl=" + simulator.organizationUrl()
                                + "&allowInsecure=true&accessToken=demo&select=name&maxPageSize=" + PAGE
                                + "&idempotentRepository=#tokens&initialDelay=0&delay=20")
                        .process(exchange ->
                                keys.add(exchange.getMessage().getHeader(DataverseChangesConstants.KEY, String.class)))
                        .delay(20);
            }
        });
        member.start();
        return member;
    }
}
