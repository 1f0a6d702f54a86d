package io.github.cameldataverse.changes.example;

import static org.awaitility.Awaitility.await;

import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.quarkus.test.common.QuarkusTestResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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

    /** The keys that arrived at a sink, in their order. */
    List<String> journal(String sink) {
        Path file = data.resolve("journal").resolve(sink + ".txt");
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of the keys at a sink that belong to one record, in their order. */
    List<String> journal(String sink, String id) {
        return journal(sink).stream().filter(key -> key.startsWith(id)).toList();
    }

    /** Asks for a full reload of a subscription, as an operator does. */
    void reload(String changes) {
        camel.createProducerTemplate().sendBody(changes + "&operation=resync", null);
    }

    static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50));
    }
}
