package io.github.cameldataverse.changes.example;

import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.quarkus.test.common.QuarkusTestResource;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.awaitility.core.ConditionFactory;

/** What the tests of the routes share: the organization, and what the application keeps. */
@QuarkusTestResource(Organization.class)
abstract class RouteTest {

    DataverseSimulator simulator;
    Path data;

    @Inject
    CamelContext camel;

    @Inject
    Journal journal;

    SimulatedTable accounts() {
        return simulator.table("account");
    }

    String newAccount(String name) {
        return accounts().create(Map.of("name", name));
    }

    /** The key of the upsert that the row's present version is served as. */
    String upsertKey(SimulatedTable table, String id) {
        return id + "@" + table.version(id);
    }

    /** The keys that came to the end of a route, in their order. */
    List<String> journal(String route) {
        return journal.keys(route);
    }

    /** Those of the keys of a route that belong to one record, in their order. */
    List<String> journal(String route, String id) {
        return journal(route).stream().filter(key -> key.startsWith(id)).toList();
    }

    /** Asks for a full reload of a subscription, as an operator does. */
    void reload(String changes) {
        camel.createProducerTemplate().sendBody(changes + "&operation=resync", null);
    }

    static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }
}
