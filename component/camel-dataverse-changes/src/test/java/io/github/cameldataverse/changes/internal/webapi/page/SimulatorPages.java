package io.github.cameldataverse.changes.internal.webapi.page;

import io.github.cameldataverse.changes.harness.SampleAccounts;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.switches.EmptyDelta;
import io.github.cameldataverse.changes.testkit.switches.LinkPosition;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Pages as the simulator serves them, of every kind there is. */
final class SimulatorPages {

    private final HttpClient client = HttpClient.newHttpClient();
    private final DataverseSimulator simulator;
    private final List<byte[]> pages = new ArrayList<>();

    private SimulatorPages(DataverseSimulator simulator) {
        this.simulator = simulator;
    }

    static List<byte[]> ofEveryKind() throws Exception {
        try (DataverseSimulator simulator = DataverseSimulator.start()) {
            return new SimulatorPages(simulator).all();
        }
    }

    private List<byte[]> all() throws Exception {
        SampleAccounts seed = new SampleAccounts(new Random(5));
        SimulatedTable accounts = simulator.table("account");
        List<String> ids = new ArrayList<>();
        for (int row = 0; row < 7; row++) {
            ids.add(accounts.create(seed.row(row)));
        }
        for (String select : List.of("", "?$select=name,revenue,accountid")) {
            String delta = walk(simulator.organizationUrl() + "/api/data/v9.2/accounts" + select);
            accounts.update(ids.get(1), seed.row(8));
            accounts.delete(ids.remove(2));
            String empty = walk(delta);
            simulator.switches().deltaLinkPlace(LinkPosition.AFTER_VALUE).nextLinkPlace(LinkPosition.BEFORE_VALUE);
            walk(delta);
            for (EmptyDelta how : EmptyDelta.values()) {
                simulator.switches().emptyDelta(how);
                walk(empty);
            }
            simulator.switches().reset();
        }
        return pages;
    }

    /** Keeps each page up to the delta link, which it gives back. */
    private String walk(String first) throws Exception {
        String link = first;
        while (true) {
            byte[] page = get(link);
            pages.add(page);
            ReferencePage read = ReferencePage.read(page).orElseThrow();
            if (read.nextLink() == null) {
                return read.deltaLink();
            }
            link = read.nextLink();
        }
    }

    private byte[] get(String link) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(link))
                .header(
                        "Prefer",
                        "odata.track-changes,odata.maxpagesize=" + (link.contains("$select") ? 3 : 1)
                                + ",odata.include-annotations=\"*\"")
                .build();
        byte[] body =
                client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
        return body.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : body;
    }
}
