package io.github.cameldataverse.changes.internal.orgservice;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.http.DataverseClient;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.orgservice.ChangesReader.ServedPage;
import io.github.cameldataverse.changes.internal.orgservice.row.AnnotationChoice;
import io.github.cameldataverse.changes.internal.orgservice.row.DateOnlyColumns;
import io.github.cameldataverse.changes.internal.orgservice.row.PageContext;
import io.github.cameldataverse.changes.internal.source.ChangeSource;
import io.github.cameldataverse.changes.internal.source.FaultTable;
import io.github.cameldataverse.changes.internal.source.MalformedPageException;
import io.github.cameldataverse.changes.internal.source.Page;
import io.github.cameldataverse.changes.internal.source.PageLimits;
import io.github.cameldataverse.changes.internal.source.PageSize;
import io.github.cameldataverse.changes.internal.source.TableDefinition;
import io.github.cameldataverse.changes.internal.source.TrackingQuery;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.token.Checkpoint;

/**
 * Reads the changes of one table from the Organization Service (spec: "Retrieve changes for a table using .NET SDK", which
 * sends this message). For one thread at a time.
 */
public final class OrganizationServiceSource implements ChangeSource {

    private final DataverseClient client;
    private final TrackingQuery query;
    private final PageSize size;
    private final PageLimits limits;
    private final DateOnlyColumns days;

    /** @param dates of the same organization; asked when a midnight comes in a column that is not known */
    public OrganizationServiceSource(
            DataverseClient client, TrackingQuery query, PageLimits limits, DateOnlyColumns.Behaviors dates) {
        this.client = client;
        this.query = query;
        this.size = new PageSize(query);
        this.limits = limits;
        this.days = new DateOnlyColumns(dates);
    }

    /**
     * The query, if this API can answer it or is not asked to.
     *
     * @throws IllegalArgumentException with a sentence, if this API does not give one of its annotations
     */
    public static TrackingQuery checked(TrackingQuery query) {
        if (query.api() == ChangeTrackingApi.ORGANIZATION_SERVICE
                && !query.annotations().isEmpty()) {
            AnnotationChoice.check(query.annotations());
        }
        return query;
    }

    @Override
    public Page page(TableDefinition table, Checkpoint checkpoint) throws ServiceFault {
        PagingPosition position = PagingPosition.of(checkpoint);
        SoapFaults faults =
                new SoapFaults(FaultTable.of(table.logicalName(), position.reference(), limits.maxRetryAfter()));
        Answer answer = size.answer(
                table,
                sized -> client.post(
                        ChangesRequest.PATH,
                        ChangesRequest.HEADERS,
                        new ChangesRequest(sized, table, position).bytes(),
                        faults));
        ServedPage page = read(table, answer, checkpoint, faults);
        if (!page.listed() && (page.more() || !checkpoint.beginsDelta())) {
            throw new MalformedPageException("It says nil in place of its changes, so it does not say which there are")
                    .fault(table.logicalName(), answer);
        }
        try {
            return new Page(page.changes(), next(position, page), answer.requestId());
        } catch (ServiceFault fault) {
            throw fault.withRequestId(answer.requestId());
        }
    }

    @Override
    public String deltaLink(TableDefinition table, String roundLink) throws ServiceFault.Permanent {
        String token = PagingPosition.encoded(PagingPosition.token(roundLink));
        return query.apiRoot() + table.entitySet() + "?$deltatoken=" + token;
    }

    private ServedPage read(TableDefinition table, Answer answer, Checkpoint checkpoint, SoapFaults faults)
            throws ServiceFault {
        try {
            PageContext context = new PageContext(query, table, checkpoint.round(), days, limits, answer.secrets());
            return ChangesReader.read(answer.body(), context).orElseThrow(() -> faults.fault(answer));
        } catch (MalformedPageException e) {
            throw e.fault(table.logicalName(), answer);
        }
    }

    private static Page.Next next(PagingPosition position, ServedPage page) throws ServiceFault.Permanent {
        if (!page.listed()) {
            return new Page.Unchanged();
        }
        if (page.more()) {
            return new Page.MorePages(position.next(required(
                    page.cookie(),
                    "The service said that there are more records and sent no paging cookie, so it is not known where the"
                            + " next page starts")));
        }
        return new Page.RoundEnd(PagingPosition.round(required(
                page.token(),
                "The service sent a last page without a data token, so it is not known where the next round starts; is"
                        + " the table still enabled for change tracking?")));
    }

    private static String required(String text, String otherwise) throws ServiceFault.Permanent {
        if (text.isEmpty()) {
            throw new ServiceFault.Permanent(otherwise, 0);
        }
        return text;
    }
}
