package io.github.cameldataverse.changes.testkit.soap;

import io.github.cameldataverse.changes.testkit.feed.TrackedPage;
import io.github.cameldataverse.changes.testkit.feed.TrackedPages;
import io.github.cameldataverse.changes.testkit.json.ByteSink;
import io.github.cameldataverse.changes.testkit.model.Organization;
import io.github.cameldataverse.changes.testkit.model.TableDefinition;
import io.github.cameldataverse.changes.testkit.switches.EmptyDelta;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Body;
import io.github.cameldataverse.changes.testkit.wire.Codes;
import io.github.cameldataverse.changes.testkit.wire.Question;
import io.github.cameldataverse.changes.testkit.wire.Refusal;
import io.github.cameldataverse.changes.testkit.wire.ServiceException;
import io.github.cameldataverse.changes.testkit.wire.Soap;
import io.github.cameldataverse.changes.testkit.wire.SoapFault;
import io.github.cameldataverse.changes.testkit.xml.Prefixes;
import io.github.cameldataverse.changes.testkit.xml.XmlWriter;
import java.util.List;
import java.util.Optional;

/** Executes RetrieveEntityChanges, and puts refusals into faults. Thread-safe. */
public final class OrganizationService {
    private static final String METADATA_VERSION = "2818001";

    private final Organization organization;
    private final Switches switches;
    private final TrackedPages pages;
    private final ValueWriter values;

    public OrganizationService(Organization organization, Switches switches) {
        this.organization = organization;
        this.switches = switches;
        this.pages = new TrackedPages(organization, switches);
        this.values = new ValueWriter(new LookupNames(organization));
    }

    /** The answer, whatever is asked. */
    public Answer answer(Question question) {
        Optional<Answer> refusal = Transport.refusal(question);
        return refusal.orElseGet(() -> executed(question));
    }

    private Answer executed(Question question) {
        try {
            Transport.requireAction(question);
            return execute(ChangesRequest.of(question.body()));
        } catch (UnreadableException unreadable) {
            return SoapFault.ofDispatcher(unreadable.faultCode(), String.valueOf(unreadable.getMessage()), prefixes());
        } catch (ServiceException refused) {
            return fault(refused.refusal());
        }
    }

    private Answer execute(ChangesRequest request) {
        TableDefinition table = table(request.entityName());
        TrackedPage page = pages.read(
                table,
                request.dataVersion(),
                request.paging().cookie(),
                request.paging().count());
        List<Integer> columns = request.columns().positions(page.layout(), table);
        EntityWriter entities = new EntityWriter(table.logicalName(), page.layout(), columns, values);
        Optional<String> metadataVersion = Optional.of(METADATA_VERSION).filter(any -> request.metadataVersion());
        return written(new ChangesWriter(page, entities, isNothing(page), metadataVersion));
    }

    private Answer written(ChangesWriter writer) {
        ByteSink sink = new ByteSink();
        writer.write(new XmlWriter(sink, prefixes()));
        return Soap.answer(200, Body.of(sink));
    }

    private boolean isNothing(TrackedPage page) {
        return page.unchanged() && switches.get(Switch.EMPTY_DELTA) != EmptyDelta.EMPTY_VALUE;
    }

    private TableDefinition table(String logicalName) {
        return organization.definitions().stream()
                .filter(each -> each.logicalName().equals(logicalName))
                .findFirst()
                .orElseThrow(() -> new ServiceException(
                        500, Codes.NO_SUCH_TABLE, "Entity name '" + logicalName + "' is not a valid logical name."));
    }

    /** Every fault has the status 500; only with throttling nobody is sure. */
    /** What this service says to whom it, or service protection, refuses. */
    public Answer fault(Refusal refusal) {
        int status = refusal.retryAfter().isPresent() ? switches.get(Switch.SOAP_THROTTLED_STATUS) : 500;
        return refusal.fault().answer(status, prefixes());
    }

    private Prefixes prefixes() {
        return switch (switches.get(Switch.SOAP_PREFIXES)) {
            case USUAL -> Prefixes.USUAL;
            case OTHER -> Prefixes.OTHER;
            case DEFAULTED -> Prefixes.DEFAULTED;
            case SHADOWING -> Prefixes.SHADOWING;
        };
    }
}
