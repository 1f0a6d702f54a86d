package io.github.cameldataverse.changes.internal.webapi;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.change.Page;
import io.github.cameldataverse.changes.internal.http.DataverseClient;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.http.answer.FaultReader;
import io.github.cameldataverse.changes.internal.source.ChangeSource;
import io.github.cameldataverse.changes.internal.source.MalformedPageException;
import io.github.cameldataverse.changes.internal.source.ServiceError;
import io.github.cameldataverse.changes.internal.source.TableDefinition;
import io.github.cameldataverse.changes.internal.source.TableName;
import io.github.cameldataverse.changes.internal.source.TrackingQuery;
import io.github.cameldataverse.changes.token.Checkpoint;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks the Web API for the changes of one table (spec: "Retrieve changes for a table using the Web API"). For one
 * thread at a time.
 */
public final class WebApiSource implements ChangeSource {

    private final DataverseClient client;
    private final TrackingQuery query;
    private final TrackedQuery web;
    private final URI apiRoot;
    private final Duration maxRetryAfter;
    private final int maxRowBytes;

    /**
     * @param maxRetryAfter longest wait that a Retry-After is believed
     * @param maxRowBytes longest row
     */
    public WebApiSource(DataverseClient client, TrackingQuery query, Duration maxRetryAfter, int maxRowBytes) {
        this.client = client;
        this.query = query;
        this.web = new TrackedQuery(query);
        this.apiRoot = URI.create(query.apiRoot());
        this.maxRetryAfter = maxRetryAfter;
        this.maxRowBytes = maxRowBytes;
    }

    @Override
    public TableDefinition table(String name) throws ServiceFault {
        TableLookup lookup = new TableLookup(new TableName(name));
        return lookup.read(get(lookup.link(query.apiRoot()), null, faults(name, false)));
    }

    @Override
    public Page page(TableDefinition table, Checkpoint checkpoint) throws ServiceFault {
        String link = checkpoint.pageLink() != null ? checkpoint.pageLink() : checkpoint.roundLink();
        ODataFaults faults = faults(table.logicalName(), link != null);
        Answer answer = link == null
                ? get(web.firstLink(table), web.preferTracking(), faults)
                : get(link, web.preferPaging(), faults);
        ScannedPage scanned = scan(table, answer, checkpoint);
        if (scanned.hasError()) {
            throw faults.fault(answer, ODataError.of(answer));
        }
        return new Page(scanned.changes(), next(table, answer, scanned, isDeltaStart(checkpoint)));
    }

    @Override
    public boolean lives(TableDefinition table, String id) throws ServiceFault {
        String link = query.apiRoot() + table.entitySet() + "(" + id + ")?$select=" + table.primaryId();
        ODataFaults faults = faults(table.logicalName(), false);
        FaultReader absentIsAnAnswer = answer -> {
            if (!isAbsent(answer)) {
                faults.check(answer);
            }
        };
        return !isAbsent(get(link, null, absentIsAnAnswer));
    }

    @Override
    public long count(TableDefinition table, String deltaLink) throws ServiceFault {
        Answer answer = get(DeltaCount.link(deltaLink), null, faults(table.logicalName(), true));
        return DeltaCount.read(answer);
    }

    private Answer get(String link, @Nullable String prefer, FaultReader faults) throws ServiceFault {
        Map<String, String> headers = new HashMap<>(Map.of(
                "Accept", "application/json",
                "OData-MaxVersion", "4.0",
                "OData-Version", "4.0",
                "If-None-Match", "null"));
        if (prefer != null) {
            headers.put("Prefer", prefer);
        }
        return client.get(apiRoot, link, headers, faults);
    }

    private ScannedPage scan(TableDefinition table, Answer answer, Checkpoint checkpoint)
            throws ServiceFault.Transient {
        if (answer.body().length() == 0) {
            return nothing(table, answer, checkpoint);
        }
        try {
            return new PageScanner(table.primaryId(), maxRowBytes).scan(answer.body(), checkpoint.round());
        } catch (MalformedPageException e) {
            throw e.fault(table.logicalName(), answer.status());
        }
    }

    /** An empty answer is also what is left of one that was cut before its headers ended. */
    private static ScannedPage nothing(TableDefinition table, Answer answer, Checkpoint checkpoint)
            throws ServiceFault.Transient {
        if (!isDeltaStart(checkpoint)) {
            throw new ServiceFault.Transient(
                    "The service sent an empty answer where a page of the table " + table.logicalName() + " was due",
                    answer.status(),
                    null);
        }
        return new ScannedPage(List.of(), false, null, null, false);
    }

    private Page.Next next(TableDefinition table, Answer answer, ScannedPage page, boolean deltaStart)
            throws ServiceFault.Permanent {
        if (page.nextLink() != null && page.deltaLink() != null) {
            throw new ServiceFault.Permanent("The service sent a page with both a nextLink and a deltaLink", 0);
        }
        if (page.nextLink() != null) {
            return new Page.MorePages(link(table, answer, page.nextLink()));
        }
        if (page.deltaLink() != null) {
            return new Page.RoundEnd(link(table, answer, page.deltaLink()));
        }
        if (deltaStart && !page.hasValue()) {
            return new Page.Unchanged();
        }
        throw withoutLink();
    }

    private String link(TableDefinition table, Answer answer, String served) throws ServiceFault.Permanent {
        String link = client.admitted(answer.from(), served);
        if (!new Continuation(table.entitySet(), query.select()).holds(link)) {
            throw new ServiceFault.Permanent(
                    "The service sent a link that leads to another table than " + table.entitySet()
                            + " or leaves out columns of the option select; nothing of its page was delivered",
                    0);
        }
        return link;
    }

    private ServiceFault.Permanent withoutLink() {
        String hint = query.annotations().isEmpty()
                ? "; is the table still enabled for change tracking?"
                : "; some versions of the service do so when annotations are asked for: try without includeAnnotations";
        return new ServiceFault.Permanent(
                "The service sent a last page without a deltaLink, so nobody knows where the next round starts" + hint,
                0);
    }

    private static boolean isDeltaStart(Checkpoint checkpoint) {
        return checkpoint.roundLink() != null && checkpoint.atRoundStart();
    }

    private static boolean isAbsent(Answer answer) {
        return answer.status() == 404 && ODataError.of(answer).code().equals(ServiceError.OBJECT_DOES_NOT_EXIST);
    }

    private ODataFaults faults(String table, boolean askedByLink) {
        return new ODataFaults(table, askedByLink, maxRetryAfter);
    }
}
