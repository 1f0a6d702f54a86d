package io.github.cameldataverse.changes.internal.webapi;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.http.DataverseClient;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.http.answer.FaultReader;
import io.github.cameldataverse.changes.internal.source.FaultTable.Reference;
import io.github.cameldataverse.changes.internal.source.TableDefinition;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Requests to the Web API, with the headers that all of them have.
 *
 * @param apiRoot {@code https://<host>/api/data/v9.2/}
 * @param maxRetryAfter longest wait that a Retry-After is believed
 */
record WebApiRequests(DataverseClient client, String apiRoot, Duration maxRetryAfter) {

    private static final Map<String, String> HEADERS = Map.of(
            "Accept", "application/json",
            "OData-MaxVersion", "4.0",
            "OData-Version", "4.0",
            "If-None-Match", "null");

    Answer get(String link, FaultReader faults) throws ServiceFault {
        return client.get(URI.create(apiRoot), link, HEADERS, faults);
    }

    Answer getPreferring(String preferences, String link, FaultReader faults) throws ServiceFault {
        Map<String, String> headers = new HashMap<>(HEADERS);
        headers.put("Prefer", preferences);
        return client.get(URI.create(apiRoot), link, headers, faults);
    }

    /**
     * Gets what several links lead to, in one request that goes on behind a link that fails.
     *
     * @param links relative to the root; asked for at each try
     * @param faults tells what is wrong with the answer to all of them
     */
    Answer batch(Supplier<List<String>> links, FaultReader faults) throws ServiceFault {
        String root = URI.create(apiRoot).getRawPath();
        BatchOfGets batch = BatchOfGets.make();
        Map<String, String> headers = new HashMap<>(HEADERS);
        headers.put("Content-Type", batch.contentType());
        headers.put("Prefer", "odata.continue-on-error");
        Map<String, String> ofEach = new HashMap<>(client.headersOfEach());
        ofEach.put("Accept", "application/json");
        Supplier<byte[]> body =
                () -> batch.body(links.get().stream().map(root::concat).toList(), ofEach);
        return client.post(root + "$batch", headers, body, faults);
    }

    /**
     * A link that is stored is checked as one that is served: the store may have been written by somebody else.
     *
     * @throws ServiceFault.Permanent if the link leads anywhere else than to the table; no request is made then
     */
    static void requireOfTheTable(TableDefinition table, String stored) throws ServiceFault.Permanent {
        if (!Continuation.leadsTo(table.entitySet(), stored)) {
            throw new ServiceFault.Permanent(
                    "The stored token holds a link that does not lead to /api/data/v<version>/" + table.entitySet()
                            + ". Nothing was sent to it; find out who wrote it, and ask for a full reload with the producer"
                            + " operation resync",
                    0);
        }
    }

    /** The faults of a request about a table that holds no token. */
    ODataFaults faults(String table) {
        return new ODataFaults(table, Reference.NONE, maxRetryAfter);
    }

    /** The faults of a request by a link of the service, whose token can have expired. */
    ODataFaults faultsOfLink(String table) {
        return new ODataFaults(table, Reference.TOKEN, maxRetryAfter);
    }
}
