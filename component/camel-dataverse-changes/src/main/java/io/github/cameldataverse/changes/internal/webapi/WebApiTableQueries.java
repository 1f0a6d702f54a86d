package io.github.cameldataverse.changes.internal.webapi;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.http.DataverseClient;
import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.source.ServiceError;
import io.github.cameldataverse.changes.internal.source.TableDefinition;
import io.github.cameldataverse.changes.internal.source.TableName;
import io.github.cameldataverse.changes.internal.source.TableQueries;
import java.time.Duration;
import java.util.Collection;

/** Asks the Web API for the definition of a table, for single records and for the number of changes. */
public final class WebApiTableQueries implements TableQueries {

    private final WebApiRequests requests;
    private final RecordLookup records;

    /**
     * @param apiRoot address of the Web API, with a slash at the end
     * @param maxRetryAfter longest wait that a Retry-After is believed
     */
    public WebApiTableQueries(DataverseClient client, String apiRoot, Duration maxRetryAfter) {
        this.requests = new WebApiRequests(client, apiRoot, maxRetryAfter);
        this.records = new RecordLookup(requests);
    }

    @Override
    public TableDefinition table(String name) throws ServiceFault {
        TableLookup lookup = new TableLookup(new TableName(name));
        return lookup.read(requests.get(lookup.link(requests.apiRoot()), requests.faults(name)));
    }

    @Override
    public TableType type(TableDefinition table) throws ServiceFault {
        String link = requests.apiRoot() + "EntityDefinitions(LogicalName='" + table.logicalName()
                + "')?$select=LogicalName,TableType";
        ODataFaults faults = requests.faults(table.logicalName());
        Answer answer = requests.get(link, any -> {
            if (!knowsNoTypes(any)) {
                faults.check(any);
            }
        });
        return answer.isSuccess() ? TableLookup.type(answer) : TableType.ANY_OTHER;
    }

    /** An answer of the service itself; a gateway that refuses the question says nothing of the table. */
    private static boolean knowsNoTypes(Answer answer) {
        return answer.status() == 400 && ODataError.of(answer).origin() != ServiceError.Origin.FOREIGN;
    }

    @Override
    public void states(TableDefinition table, Collection<String> ids, RecordListener listener) throws ServiceFault {
        records.ask(table, ids, listener);
    }

    @Override
    public long count(TableDefinition table, String deltaLink) throws ServiceFault {
        WebApiRequests.requireOfTheTable(table, deltaLink);
        return DeltaCount.read(requests.get(DeltaCount.link(deltaLink), requests.faultsOfLink(table.logicalName())));
    }
}
