package io.github.cameldataverse.changes.internal.orgservice;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.change.Page;
import io.github.cameldataverse.changes.internal.http.DataverseClient;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.orgservice.row.AnnotationChoice;
import io.github.cameldataverse.changes.internal.orgservice.row.DateOnlyColumns;
import io.github.cameldataverse.changes.internal.orgservice.row.PageContext;
import io.github.cameldataverse.changes.internal.source.ChangeSource;
import io.github.cameldataverse.changes.internal.source.FaultTable;
import io.github.cameldataverse.changes.internal.source.MalformedPageException;
import io.github.cameldataverse.changes.internal.source.TableDefinition;
import io.github.cameldataverse.changes.internal.source.TrackingQuery;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.token.Checkpoint;
import java.time.Duration;
import java.util.Map;

/**
 * Asks the Organization Service for the changes of one table (spec: "Retrieve changes for a table using .NET SDK", which
 * sends this message). What has nothing to do with pages is asked of the Web API. For one thread at a time.
 */
public final class OrganizationServiceSource implements ChangeSource {

    private final DataverseClient client;
    private final TrackingQuery query;
    private final Duration maxRetryAfter;
    private final Sizes sizes;
    private final ChangeSource webApi;
    private final DateOnlyColumns days;

    /** What the date columns of a table mean, which only their definitions tell. */
    public interface DateBehaviors {

        /** Column to its DateTimeBehavior, as the service writes it. */
        Map<String, String> of(String logicalName) throws ServiceFault;
    }

    /**
     * Longest rows and pages, in bytes.
     *
     * @param row longest row
     * @param page longest sum of the rows of a page
     */
    public record Sizes(int row, int page) {}

    /**
     * @param maxRetryAfter longest wait that a Retry-After is believed
     * @param webApi the Web API of the same organization
     * @param dates of the same organization; asked when a midnight comes in a column that is not known
     */
    public OrganizationServiceSource(
            DataverseClient client,
            TrackingQuery query,
            Duration maxRetryAfter,
            Sizes sizes,
            ChangeSource webApi,
            DateBehaviors dates) {
        this.client = client;
        this.query = query;
        this.maxRetryAfter = maxRetryAfter;
        this.sizes = sizes;
        this.webApi = webApi;
        this.days = new DateOnlyColumns(dates);
    }

    /**
     * The query, if this API can answer it or is not asked to.
     *
     * @throws IllegalArgumentException with a sentence, if one of its annotations is not to be had here
     */
    public static TrackingQuery checked(TrackingQuery query) {
        if (query.api() == ChangeTrackingApi.ORGANIZATION_SERVICE
                && !query.annotations().isEmpty()) {
            AnnotationChoice.check(query.annotations());
        }
        return query;
    }

    @Override
    public TableDefinition table(String name) throws ServiceFault {
        return webApi.table(name);
    }

    @Override
    public Page page(TableDefinition table, Checkpoint checkpoint) throws ServiceFault {
        PagingPosition place = PagingPosition.of(checkpoint);
        boolean holdsToken = place.token() != null || place.cookie() != null;
        SoapFaults faults = new SoapFaults(FaultTable.of(table.logicalName(), holdsToken, maxRetryAfter));
        byte[] question = new ChangesRequest(query, table, place).bytes();
        Answer answer = client.post(ChangesRequest.PATH, ChangesRequest.HEADERS, question, faults);
        ServedPage page = read(table, answer, checkpoint, faults);
        return new Page(page.changes(), next(place, page));
    }

    /** The Web API tells it of one row without its columns. */
    @Override
    public boolean lives(TableDefinition table, String id) throws ServiceFault {
        return webApi.lives(table, id);
    }

    /** Both APIs write their token alike, and this one cannot count. */
    @Override
    public long count(TableDefinition table, String roundLink) throws ServiceFault {
        String token = PagingPosition.encoded(PagingPosition.token(roundLink));
        return webApi.count(table, query.apiRoot() + table.entitySet() + "?$deltatoken=" + token);
    }

    private ServedPage read(TableDefinition table, Answer answer, Checkpoint checkpoint, SoapFaults faults)
            throws ServiceFault {
        try {
            PageContext shape = new PageContext(query, table, checkpoint.round(), days, sizes.row(), sizes.page());
            return ChangesReader.read(answer.body(), shape).orElseThrow(() -> faults.fault(answer));
        } catch (MalformedPageException e) {
            throw e.fault(table.logicalName(), answer.status());
        }
    }

    private static Page.Next next(PagingPosition place, ServedPage page) throws ServiceFault.Permanent {
        String cookie = page.cookie();
        String token = page.token();
        if (page.more() && (cookie == null || cookie.isEmpty())) {
            throw new ServiceFault.Permanent(
                    "The service said that there are more records and sent no paging cookie, so nobody knows where the next"
                            + " page starts",
                    0);
        }
        if (page.more() && cookie != null) {
            return new Page.MorePages(place.next(cookie));
        }
        if (token == null || token.isEmpty()) {
            throw new ServiceFault.Permanent(
                    "The service sent a last page without a data token, so nobody knows where the next round starts; is the"
                            + " table still enabled for change tracking?",
                    0);
        }
        return new Page.RoundEnd(PagingPosition.round(token));
    }
}
