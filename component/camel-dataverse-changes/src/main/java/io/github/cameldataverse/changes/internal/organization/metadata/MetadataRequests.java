package io.github.cameldataverse.changes.internal.organization.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.http.DataverseClient;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.http.answer.AnswerJson;
import io.github.cameldataverse.changes.internal.http.answer.FirstWords;
import io.github.cameldataverse.changes.internal.source.FaultTable;
import io.github.cameldataverse.changes.internal.webapi.ODataFaults;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks the Web API for something that is no row. For one thread at a time. */
final class MetadataRequests {

    // "Strong" passes by the cache of the service, which shows a change of a definition only after half a minute.
    private static final Map<String, String> JSON = Map.of(
            "Accept", "application/json",
            "OData-MaxVersion", "4.0",
            "OData-Version", "4.0",
            "Consistency", "Strong",
            "If-None-Match", "null");

    private final DataverseClient client;
    private final String apiRoot;
    private final Duration maxRetryAfter;

    MetadataRequests(DataverseClient client, String apiRoot, Duration maxRetryAfter) {
        this.client = client;
        this.apiRoot = apiRoot;
        this.maxRetryAfter = maxRetryAfter;
    }

    /** The JSON object that a resource below the Web API is. */
    JsonNode json(String resource, FaultTable.Subject subject) throws ServiceFault {
        Answer answer = get(resource, JSON, subject);
        try {
            JsonNode root = AnswerJson.whole(answer.body());
            if (root.isObject()) {
                return root;
            }
        } catch (IOException e) {
            throw somethingElse(answer, subject);
        }
        throw somethingElse(answer, subject);
    }

    private static ServiceFault.Transient somethingElse(Answer answer, FaultTable.Subject subject) {
        String words = FirstWords.of(answer);
        return words.isEmpty()
                ? somethingElse(answer.status(), subject)
                : new ServiceFault.Transient(
                        FaultTable.inItsPlace(subject.what(), answer.status(), words), answer.status(), null);
    }

    /** The members of a collection, which is one that is never paged. */
    List<JsonNode> collection(String resource, FaultTable.Subject subject) throws ServiceFault {
        JsonNode members = json(resource, subject).path("value");
        if (!members.isArray()) {
            throw somethingElse(200, subject);
        }
        List<JsonNode> collection = new ArrayList<>();
        members.forEach(collection::add);
        return collection;
    }

    /** The answer of a resource in XML. */
    Answer xml(String resource, FaultTable.Subject subject) throws ServiceFault {
        return get(resource, Map.of("Accept", "application/xml"), subject);
    }

    /** Writes a JSON object, once. */
    void write(String method, String resource, JsonNode body, Map<String, String> more, FaultTable.Subject subject)
            throws ServiceFault {
        Map<String, String> headers = new HashMap<>(more);
        headers.putAll(Map.of("Accept", "application/json", "OData-MaxVersion", "4.0", "OData-Version", "4.0"));
        headers.put("Content-Type", "application/json; charset=utf-8");
        client.send(method, URI.create(apiRoot), apiRoot + resource, headers, AnswerJson.bytes(body), faults(subject));
    }

    /** A gateway in between answers with a page of its own, which says nothing about the organization. */
    static ServiceFault.Transient somethingElse(int status, FaultTable.Subject subject) {
        return new ServiceFault.Transient(
                "The service answered the request for " + subject.what() + " with something else", status, null);
    }

    /** What every user of an organization may read, so that only an application that is none is refused. */
    static FaultTable.Subject reading(String what) {
        return new FaultTable.Subject(
                what,
                "read " + what,
                "Make it an application user of the organization with a role that can read table definitions, such as"
                        + " Basic User");
    }

    private Answer get(String resource, Map<String, String> headers, FaultTable.Subject subject) throws ServiceFault {
        return client.get(URI.create(apiRoot), apiRoot + resource, headers, faults(subject));
    }

    private ODataFaults faults(FaultTable.Subject subject) {
        return ODataFaults.of(subject, maxRetryAfter);
    }
}
