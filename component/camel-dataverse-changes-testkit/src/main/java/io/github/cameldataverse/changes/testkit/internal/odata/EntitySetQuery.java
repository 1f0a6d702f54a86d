package io.github.cameldataverse.changes.testkit.internal.odata;

import io.github.cameldataverse.changes.testkit.http.PreferHeader;
import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;
import io.github.cameldataverse.changes.testkit.internal.tracking.ChangesPage;
import io.github.cameldataverse.changes.testkit.internal.tracking.ChangesPageReader;
import io.github.cameldataverse.changes.testkit.internal.tracking.DeltaToken;
import io.github.cameldataverse.changes.testkit.internal.tracking.PagePosition;
import io.github.cameldataverse.changes.testkit.internal.tracking.PageStart;
import io.github.cameldataverse.changes.testkit.internal.tracking.ReadPrivileges;
import io.github.cameldataverse.changes.testkit.switches.EmptyDelta;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.util.Optional;

/** Answers what is asked of an entity set: ordinary queries, tracked loads, deltas, and their further pages. */
public final class EntitySetQuery {
    private final OrganizationTables organization;
    private final Switches switches;

    public EntitySetQuery(OrganizationTables organization, Switches switches) {
        this.organization = organization;
        this.switches = switches;
    }

    /**
     * The page that is asked for.
     *
     * @param question a GET of an entity set
     * @param table whose set it is
     * @param service origin and path of the Web API, with a slash at the end
     */
    public ServiceResponse answer(ServiceRequest question, TableSchema table, String service) {
        requireAllowed(question, table);
        EntitySetResult served = read(question, table, service);
        if (served.page().begin().kind() == PagePosition.Kind.DELTA && served.isUnchanged()) {
            return empty(question, served);
        }
        return applied(question, served, ServiceResponse.json(200, body(question, served)));
    }

    private void requireAllowed(ServiceRequest question, TableSchema table) {
        ReadPrivileges rights = new ReadPrivileges(switches, table);
        QueryOptionRules options = new QueryOptionRules(question.query(), switches);
        if (!isTracked(question)) {
            rights.requireRead();
            options.requireSimulated();
            return;
        }
        options.requireTrackable();
        rights.requireTracked();
    }

    private static boolean isTracked(ServiceRequest question) {
        boolean further = question.query()
                .value("$skiptoken")
                .filter(token -> token.contains("istracking=\"True\""))
                .isPresent();
        return further
                || question.query().has("$deltatoken")
                || question.preferences().trackChanges();
    }

    private EntitySetResult read(ServiceRequest question, TableSchema definition, String service) {
        return organization.read(definition.logicalName(), table -> {
            SelectOption selection = SelectOption.of(question.query(), table, switches);
            PageStart starts = new PageStart(
                    table,
                    switches,
                    organization.versions(),
                    organization.clock().instant());
            PagePosition begin = starts.position(question);
            ChangesPage page = new ChangesPageReader(table, switches).read(begin, pageSize(question, begin));
            DeltaToken token =
                    new DeltaToken(starts.readUpTo(begin), organization.clock().instant());
            ODataLinks links = new ODataLinks(service, definition, selection, switches);
            return new EntitySetResult(
                    page, token, links, table.layout(), table.rows().size());
        });
    }

    private int pageSize(ServiceRequest question, PagePosition begin) {
        int most = switches.get(Switch.MAX_ROWS_PER_PAGE);
        if (!begin.tracked() && question.query().has("$top")) {
            return Integer.parseInt(question.query().value("$top").orElse("0"));
        }
        return Math.max(1, Math.min(most, question.preferences().maxPageSize().orElse(most)));
    }

    private ResponseBody body(ServiceRequest question, EntitySetResult served) {
        ODataAnnotations annotations = ODataAnnotations.of(question.preferences());
        boolean counted = "true".equals(question.query().value("$count").orElse("false"));
        Optional<Long> count = counted ? Optional.of((long) served.rows()) : Optional.empty();
        ChangesPage page = question.query().has("$top") ? served.page().withoutNext() : served.page();
        return new ODataPageWriter(served.layout(), served.links(), annotations, switches)
                .write(page, served.deltaLink(switches, annotations), count);
    }

    private ServiceResponse empty(ServiceRequest question, EntitySetResult served) {
        EmptyDelta how = switches.get(Switch.EMPTY_DELTA);
        return switch (how) {
            case EMPTY_VALUE -> applied(question, served, ServiceResponse.json(200, body(question, served)));
            case EMPTY_OBJECT -> ServiceResponse.json(200, ResponseBody.of("{}"));
            case NO_CONTENT -> ServiceResponse.status(204).header("OData-Version", "4.0");
        };
    }

    /** Says which preferences were followed, as the platform does. */
    private static ServiceResponse applied(ServiceRequest question, EntitySetResult served, ServiceResponse answer) {
        PreferHeader preferences = question.preferences();
        String tracked = preferences.trackChanges() && served.page().begin().tracked() ? "odata.track-changes" : "";
        String size = preferences.maxPageSize().isPresent()
                ? "odata.maxpagesize=" + preferences.maxPageSize().getAsInt()
                : "";
        String both = tracked + (tracked.isEmpty() || size.isEmpty() ? "" : ",") + size;
        return both.isEmpty() ? answer : answer.header("Preference-Applied", both);
    }
}
