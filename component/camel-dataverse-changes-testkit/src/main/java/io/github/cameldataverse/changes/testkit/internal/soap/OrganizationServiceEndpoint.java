package io.github.cameldataverse.changes.testkit.internal.soap;

import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.CONTRACTS;
import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.CRM_CONTRACTS;
import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.METADATA;
import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.SCHEMA;
import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.SERIALIZATION;

import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.definition.EntityDefinitionUpdates;
import io.github.cameldataverse.changes.testkit.internal.definition.OrganizationQuery;
import io.github.cameldataverse.changes.testkit.internal.json.ByteSink;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;
import io.github.cameldataverse.changes.testkit.internal.response.OrganizationServiceFault;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusal;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import io.github.cameldataverse.changes.testkit.internal.response.SoapMessages;
import io.github.cameldataverse.changes.testkit.internal.tracking.TrackedPage;
import io.github.cameldataverse.changes.testkit.internal.tracking.TrackedPageReader;
import io.github.cameldataverse.changes.testkit.internal.xml.NamespacePrefixes;
import io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace;
import io.github.cameldataverse.changes.testkit.internal.xml.XmlElement;
import io.github.cameldataverse.changes.testkit.internal.xml.XmlWriter;
import io.github.cameldataverse.changes.testkit.switches.EmptyDelta;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The Organization Service: executes messages, and answers refusals with SOAP faults. Thread-safe. */
public final class OrganizationServiceEndpoint {
    private static final String METADATA_VERSION = "2818001";
    private static final String WHO_AM_I = "WhoAmI";
    private static final String UPDATE_ENTITY = "UpdateEntity";
    private static final String PUBLISH_XML = "PublishXml";

    private final OrganizationTables organization;
    private final Switches switches;
    private final OrganizationQuery settings;
    private final EntityDefinitionUpdates definitions;
    private final TrackedPageReader pages;
    private final AttributeValueWriter values;

    public OrganizationServiceEndpoint(
            OrganizationTables organization, Switches switches, EntityDefinitionUpdates definitions) {
        this.organization = organization;
        this.switches = switches;
        this.settings = new OrganizationQuery(organization, switches);
        this.definitions = definitions;
        this.pages = new TrackedPageReader(organization, switches);
        this.values = new AttributeValueWriter(new LookupNames(organization));
    }

    /** The response to any request. */
    public ServiceResponse answer(ServiceRequest request) {
        Optional<ServiceResponse> refusal = SoapHttpBinding.refusal(request);
        return refusal.orElseGet(() -> executeRequest(request));
    }

    /** Whether a request reads rows. One that cannot be read counts as such, so that it meets the faults of its sender. */
    public boolean isData(ServiceRequest request) {
        try {
            return RetrieveEntityChangesRequest.NAME.equals(
                    OrganizationRequest.of(request.body()).name());
        } catch (MalformedSoapException unreadable) {
            return true;
        }
    }

    private ServiceResponse executeRequest(ServiceRequest request) {
        try {
            SoapHttpBinding.requireAction(request);
            return execute(OrganizationRequest.of(request.body()));
        } catch (MalformedSoapException unreadable) {
            return OrganizationServiceFault.byDispatcher(
                    unreadable.faultCode(), String.valueOf(unreadable.getMessage()), prefixes());
        } catch (ServiceRefusalException refused) {
            return fault(refused.refusal());
        }
    }

    private ServiceResponse execute(OrganizationRequest request) {
        return switch (request.name()) {
            case RetrieveEntityChangesRequest.NAME -> changes(RetrieveEntityChangesRequest.of(request.parameters()));
            case WHO_AM_I -> whoAmI();
            case UPDATE_ENTITY -> updateEntity(request.parameters());
            case PUBLISH_XML -> publishXml(request.parameters());
            default ->
                throw new ServiceRefusalException(
                        500,
                        ErrorCodes.INVALID_ARGUMENT,
                        "The simulator executes " + RetrieveEntityChangesRequest.NAME + ", " + WHO_AM_I + ", "
                                + UPDATE_ENTITY + " and " + PUBLISH_XML + " only, not '" + request.name()
                                + "'. RequestName stands behind Parameters and RequestId.");
        };
    }

    private ServiceResponse whoAmI() {
        settings.requireMember();
        Map<String, Consumer<XmlWriter>> ids = new LinkedHashMap<>();
        settings.caller()
                .forEach((name, id) ->
                        ids.put(name, xml -> xml.type(SERIALIZATION, "guid").text(id)));
        return write(xml -> new OrganizationResponse(CRM_CONTRACTS, WHO_AM_I).write(xml, ids));
    }

    /** What the definition leaves out stays as it is. */
    private ServiceResponse updateEntity(RequestParameters parameters) {
        XmlElement entity = parameters.required("Entity", METADATA, "EntityMetadata");
        TableSchema table = table(member(entity, "LogicalName").orElse(""));
        definitions.update(
                table,
                member(entity, "ChangeTrackingEnabled").map("true"::equals).orElse(table.tracked()));
        return done(CONTRACTS, UPDATE_ENTITY);
    }

    private ServiceResponse publishXml(RequestParameters parameters) {
        definitions.publishAll(
                parameters.required("ParameterXml", SCHEMA, "string").value().orElse(""));
        return done(CRM_CONTRACTS, PUBLISH_XML);
    }

    private static Optional<String> member(XmlElement entity, String name) {
        return entity.child(METADATA, name).flatMap(XmlElement::value);
    }

    private ServiceResponse done(SoapNamespace namespace, String message) {
        return write(xml -> new OrganizationResponse(namespace, message).write(xml, Map.of()));
    }

    private ServiceResponse changes(RetrieveEntityChangesRequest request) {
        TableSchema table = table(request.entityName());
        TrackedPage page = pages.read(
                table,
                request.dataVersion(),
                request.paging().cookie(),
                request.paging().count());
        List<Integer> columns = request.columns().positions(page.layout(), table);
        EntityWriter entities = new EntityWriter(table.logicalName(), page.layout(), columns, values);
        Optional<String> metadataVersion = Optional.of(METADATA_VERSION).filter(any -> request.metadataVersion());
        return write(new RetrieveEntityChangesResponse(page, entities, listOfChanges(page), metadataVersion)::write);
    }

    private ServiceResponse write(Consumer<XmlWriter> response) {
        ByteSink sink = new ByteSink();
        response.accept(new XmlWriter(sink, prefixes()));
        return SoapMessages.answer(200, sink);
    }

    private RetrieveEntityChangesResponse.ListOfChanges listOfChanges(TrackedPage page) {
        return page.unchanged() && switches.get(Switch.EMPTY_DELTA) != EmptyDelta.EMPTY_VALUE
                ? RetrieveEntityChangesResponse.ListOfChanges.ABSENT
                : RetrieveEntityChangesResponse.ListOfChanges.PRESENT;
    }

    private TableSchema table(String logicalName) {
        return organization.definitions().stream()
                .filter(each -> each.logicalName().equals(logicalName))
                .findFirst()
                .orElseThrow(() -> new ServiceRefusalException(
                        500,
                        ErrorCodes.NO_SUCH_TABLE,
                        "Entity name '" + logicalName + "' is not a valid logical name."));
    }

    /**
     * The fault of a refusal by this service or by service protection. Faults have the status 500; whether that is so for
     * throttling too is not documented.
     */
    public ServiceResponse fault(ServiceRefusal refusal) {
        int status = refusal.retryAfter().isPresent() ? switches.get(Switch.SOAP_THROTTLED_STATUS) : 500;
        return refusal.fault().answer(status, prefixes());
    }

    private NamespacePrefixes prefixes() {
        return switch (switches.get(Switch.SOAP_PREFIXES)) {
            case USUAL -> NamespacePrefixes.USUAL;
            case OTHER -> NamespacePrefixes.OTHER;
            case DEFAULTED -> NamespacePrefixes.DEFAULTED;
            case SHADOWING -> NamespacePrefixes.SHADOWING;
        };
    }
}
