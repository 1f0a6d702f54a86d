package io.github.cameldataverse.changes.internal.organization.metadata;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.http.DataverseClient;
import io.github.cameldataverse.changes.internal.source.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What an organization says of its tables and of itself. For one thread at a time. */
public final class OrganizationMetadata {

    private final EntityDefinitions definitions;
    private final TrackingEnabler start;
    private final MetadataDocument document;
    private final OrganizationSettings settings;
    private final DateColumns dates;

    /**
     * @param apiRoot address of the Web API, with a slash at the end
     * @param maxRetryAfter longest wait that a Retry-After is believed
     */
    public OrganizationMetadata(DataverseClient client, String apiRoot, Duration maxRetryAfter) {
        MetadataRequests requests = new MetadataRequests(client, apiRoot, maxRetryAfter);
        this.definitions = new EntityDefinitions(requests);
        this.start = new TrackingEnabler(requests, definitions);
        this.document = new MetadataDocument(requests);
        this.settings = new OrganizationSettings(requests);
        this.dates = new DateColumns(requests);
    }

    /**
     * All tables with their alternate keys, in one request: those that the three queries of the change tracking document list, and those between
     * them.
     */
    public List<TableTracking> tables() throws ServiceFault {
        return definitions.all();
    }

    /** All entity sets of the document {@code $metadata}, where those that are tracked are annotated. */
    public List<TableTracking> documentedTables() throws ServiceFault {
        return document.tables();
    }

    /**
     * One table, tracked or not.
     *
     * @param name logical name or entity set name, letters, digits and underscores only
     * @throws ServiceFault.Permanent if there is none
     */
    public TableTracking table(String name) throws ServiceFault {
        return definitions.one(new TableName(name));
    }

    /**
     * Turns change tracking on, which cannot be undone. A table that is tracked already is left as it is.
     *
     * @param name logical name or entity set name
     * @return the table as the service shows it afterwards
     * @throws ServiceFault.Permanent if the table cannot be tracked; nothing is written then
     */
    public TableTracking enable(String name) throws ServiceFault {
        return start.enable(new TableName(name));
    }

    /** How many days the organization keeps track of changes, 0 to 365; empty if it does not tell. */
    public OptionalInt daysKept() throws ServiceFault {
        return settings.daysKept();
    }

    /** Whether the organization knows the application; returns if it does. */
    public void greet() throws ServiceFault {
        settings.greet();
    }

    /** The id of the organization, which stays when its address changes; empty if it tells none. */
    public Optional<String> id() throws ServiceFault {
        return settings.id();
    }

    /** How many records a table has, as counted within the last day; empty if the service does not tell. */
    public OptionalLong records(String logicalName) throws ServiceFault {
        return settings.records(logicalName);
    }

    /**
     * The date and time columns of a table: DateOnly, UserLocal or TimeZoneIndependent, by their logical names. One of which
     * the service says nothing is missing.
     */
    public Map<String, String> dateColumns(String logicalName) throws ServiceFault {
        return dates.of(logicalName);
    }
}
