package io.github.cameldataverse.changes.internal.webapi;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.http.DataverseClient;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.source.ChangeSource;
import io.github.cameldataverse.changes.internal.source.MalformedPageException;
import io.github.cameldataverse.changes.internal.source.Page;
import io.github.cameldataverse.changes.internal.source.PageLimits;
import io.github.cameldataverse.changes.internal.source.PageSize;
import io.github.cameldataverse.changes.internal.source.ServiceError;
import io.github.cameldataverse.changes.internal.source.TableDefinition;
import io.github.cameldataverse.changes.internal.source.TrackingQuery;
import io.github.cameldataverse.changes.internal.webapi.page.PageScanner;
import io.github.cameldataverse.changes.internal.webapi.page.ScannedPage;
import io.github.cameldataverse.changes.internal.webapi.page.ScannedPage.Rows;
import io.github.cameldataverse.changes.token.Checkpoint;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the changes of one table from the Web API (spec: "Retrieve changes for a table using the Web API"). For one
 * thread at a time.
 */
public final class WebApiSource implements ChangeSource {

    private final DataverseClient client;
    private final WebApiRequests requests;
    private final TrackingQuery query;
    private final PageSize size;
    private final int maxRowBytes;

    public WebApiSource(DataverseClient client, TrackingQuery query, PageLimits limits) {
        this.client = client;
        this.requests = new WebApiRequests(client, query.apiRoot(), limits.maxRetryAfter());
        this.query = query;
        this.size = new PageSize(query);
        this.maxRowBytes = limits.maxRowBytes();
    }

    @Override
    public Page page(TableDefinition table, Checkpoint checkpoint) throws ServiceFault {
        String link = linkOf(checkpoint);
        if (link != null) {
            WebApiRequests.requireOfTheTable(table, link);
        }
        ODataFaults faults =
                link == null ? requests.faults(table.logicalName()) : requests.faultsOfLink(table.logicalName());
        Answer answer = size.answer(table, sized -> ask(table, link, new TrackedQuery(sized), faults));
        try {
            ScannedPage scanned = scan(table, answer, checkpoint);
            requireNoError(answer, scanned, faults);
            requireRows(table, answer, scanned, checkpoint);
            return new Page(scanned.changes(), next(table, answer, scanned), answer.requestId());
        } catch (ServiceFault fault) {
            throw fault.withRequestId(answer.requestId());
        }
    }

    private Answer ask(TableDefinition table, @Nullable String link, TrackedQuery web, ODataFaults faults)
            throws ServiceFault {
        return link == null
                ? requests.getPreferring(web.preferTracking(), web.firstLink(table), faults)
                : requests.getPreferring(web.preferPaging(), link, faults);
    }

    /** Some layers of the service send an error with a good status, and leave its envelope out. */
    private static void requireNoError(Answer answer, ScannedPage page, ODataFaults faults) throws ServiceFault {
        if (page.hasError() || page.rows() == Rows.OF_SOMETHING_ELSE) {
            ServiceError error = ODataError.of(answer);
            if (page.hasError() || error.origin() == ServiceError.Origin.SERVICE) {
                throw faults.fault(answer, error);
            }
        }
    }

    /** Where nothing has changed, the first answer of a delta may say nothing; a page of rows always says that it has none. */
    private static void requireRows(TableDefinition table, Answer answer, ScannedPage page, Checkpoint checkpoint)
            throws ServiceFault {
        boolean mayBeLeftOut = page.rows() == Rows.LEFT_OUT
                && checkpoint.beginsDelta()
                && page.nextLink() == null
                && page.deltaLink() == null;
        if (page.rows() != Rows.SERVED && !mayBeLeftOut) {
            throw new MalformedPageException(
                            page.rows() == Rows.LEFT_OUT
                                    ? "It has no member value, so it does not say which rows there are"
                                    : "It is an object of another kind, without the member value")
                    .fault(table.logicalName(), answer);
        }
    }

    @Override
    public String deltaLink(TableDefinition table, String roundLink) {
        return roundLink;
    }

    private ScannedPage scan(TableDefinition table, Answer answer, Checkpoint checkpoint) throws ServiceFault {
        if (answer.body().length() == 0) {
            return nothing(table, answer, checkpoint);
        }
        try {
            return new PageScanner(table, maxRowBytes).scan(answer.body(), checkpoint.round());
        } catch (MalformedPageException e) {
            throw e.fault(table.logicalName(), answer);
        }
    }

    /** An empty answer is also what is left of one that was cut before its headers ended. */
    private static ScannedPage nothing(TableDefinition table, Answer answer, Checkpoint checkpoint)
            throws ServiceFault.Transient {
        if (!checkpoint.beginsDelta()) {
            throw new ServiceFault.Transient(
                    "The service sent an empty answer where a page of the table " + table.logicalName() + " was due",
                    answer.status(),
                    null);
        }
        if (!answer.saysThatItIsEmpty()) {
            throw new ServiceFault.Transient(
                    "The answer for the table " + table.logicalName()
                            + " ended before a body, and does not say that it has none; it may have been cut. If it stays so, look at what stands between"
                            + " this process and the service",
                    answer.status(),
                    null);
        }
        return ScannedPage.ofNothing();
    }

    private Page.Next next(TableDefinition table, Answer answer, ScannedPage page) throws ServiceFault.Permanent {
        if (page.nextLink() != null && page.deltaLink() != null) {
            throw new ServiceFault.Permanent("The service sent a page with both a nextLink and a deltaLink", 0);
        }
        if (page.nextLink() != null) {
            return new Page.MorePages(link(table, answer, page.nextLink()));
        }
        if (page.deltaLink() != null) {
            return new Page.RoundEnd(link(table, answer, page.deltaLink()));
        }
        if (page.rows() == Rows.LEFT_OUT) {
            return new Page.Unchanged();
        }
        throw withoutLink();
    }

    private String link(TableDefinition table, Answer answer, String served) throws ServiceFault.Permanent {
        String link = client.admitted(answer.from(), served);
        if (!Continuation.leadsTo(table.entitySet(), link)) {
            throw new ServiceFault.Permanent(
                    "The service sent a link to "
                            + answer.clean(URI.create(link).getRawPath()) + ", and a link of the table "
                            + table.logicalName() + " leads to /api/data/v<version>/" + table.entitySet()
                            + ". Nothing was sent to it, and nothing of its page was delivered; report it to the service's"
                            + " support",
                    0);
        }
        return link;
    }

    @Override
    public List<String> droppedColumns(Checkpoint here) {
        String link = linkOf(here);
        return link == null ? List.of() : Continuation.dropped(query.select(), link);
    }

    /** Null for the first page of a full load. */
    private static @Nullable String linkOf(Checkpoint checkpoint) {
        return checkpoint.pageLink() != null ? checkpoint.pageLink() : checkpoint.roundLink();
    }

    private ServiceFault.Permanent withoutLink() {
        String hint = query.annotations().isEmpty()
                ? "; is the table still enabled for change tracking?"
                : "; some versions of the service do so when annotations are asked for: try without includeAnnotations";
        return new ServiceFault.Permanent(
                "The service sent a last page without a deltaLink, so it is not known where the next round starts"
                        + hint,
                0);
    }
}
