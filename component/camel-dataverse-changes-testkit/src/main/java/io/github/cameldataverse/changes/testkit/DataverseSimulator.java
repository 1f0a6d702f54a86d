package io.github.cameldataverse.changes.testkit;

import io.github.cameldataverse.changes.testkit.faults.Faults;
import io.github.cameldataverse.changes.testkit.http.Requests;
import io.github.cameldataverse.changes.testkit.http.Server;
import io.github.cameldataverse.changes.testkit.http.WebApi;
import io.github.cameldataverse.changes.testkit.model.Organization;
import io.github.cameldataverse.changes.testkit.model.StandardTables;
import io.github.cameldataverse.changes.testkit.model.TableDefinition;
import io.github.cameldataverse.changes.testkit.model.Versions;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import java.net.URI;
import java.util.List;

/**
 * A Dataverse organization on a loopback port. It answers change tracking as the platform does, from tables that tests
 * write to. The tables {@code account} and {@code contact} are there from the start. Thread-safe.
 */
public final class DataverseSimulator implements AutoCloseable {
    private final SimulatorClock clock;
    private final Organization organization;
    private final Switches switches = new Switches();
    private final Faults faults = new Faults();
    private final Requests requests = new Requests();
    private final Server server;

    private DataverseSimulator(Builder builder) {
        clock = builder.clock;
        organization = new Organization(clock);
        organization.define(StandardTables.account());
        organization.define(StandardTables.contact());
        server = new Server(builder.port, requests, new WebApi(organization, switches, faults)::answer);
    }

    /** What can be set before it starts. */
    public static Builder builder() {
        return new Builder();
    }

    /** A simulator with all defaults, started on a free port. */
    public static DataverseSimulator start() {
        return builder().build();
    }

    /** Where clients find it: {@code http://127.0.0.1:<port>}, without a slash at the end. */
    public URI organizationUrl() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** A table by its logical name; an unknown name is an IllegalArgumentException. */
    public SimulatedTable table(String logicalName) {
        organization.read(logicalName, table -> table);
        return new SimulatedTable(organization, logicalName);
    }

    /** Defines a table, or defines one anew: its rows stay, columns that are gone lose their values. */
    public SimulatedTable define(TableDefinition definition) {
        organization.define(definition);
        return new SimulatedTable(organization, definition.logicalName());
    }

    /** The clock that everything here goes by. */
    public SimulatorClock clock() {
        return clock;
    }

    /** The faults to be struck by. */
    public Faults faults() {
        return faults;
    }

    /** What the platform does not document. */
    public Switches switches() {
        return switches;
    }

    /** The row versions that all tables share. */
    public Versions versions() {
        return organization.versions();
    }

    /** The requests received, oldest first; the last 10,000 of them. */
    public List<ReceivedRequest> requests() {
        return requests.all().stream()
                .map(each -> new ReceivedRequest(each.method(), each.pathAndQuery(), each.headers()))
                .toList();
    }

    /** Forgets the requests received. */
    public void forgetRequests() {
        requests.forget();
    }

    /** Empties all tables, disarms the faults, resets switches and clock, forgets the requests. Definitions stay. */
    public void reset() {
        organization.empty();
        faults.clear();
        switches.reset();
        clock.reset();
        requests.forget();
    }

    @Override
    public void close() {
        server.close();
    }

    /** What can be set before a simulator starts. */
    public static final class Builder {
        private int port;
        private SimulatorClock clock = new SimulatorClock();

        private Builder() {}

        /** The port to listen on; 0, the default, takes a free one. */
        public Builder port(int number) {
            port = number;
            return this;
        }

        /** The clock to go by; the default shows the real time. */
        public Builder clock(SimulatorClock other) {
            clock = other;
            return this;
        }

        /** Starts it. */
        public DataverseSimulator build() {
            return new DataverseSimulator(this);
        }
    }
}
