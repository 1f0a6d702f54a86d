package io.github.cameldataverse.changes.testkit.internal.odata;

import io.github.cameldataverse.changes.testkit.http.PreferHeader;
import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;
import io.github.cameldataverse.changes.testkit.internal.organization.RowLayout;
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

/** Answers queries of an entity set: ordinary ones, tracked loads, deltas, and their further pages. */
public final class EntitySetQuery {
    private final OrganizationTables organization;
    private final Switches switches;

    public EntitySetQuery(OrganizationTables organization, Switches switches) {
        this.organization = organization;
        this.switches = switches;
    }

    /**
     * The requested page.
     *
     * @param request a GET of an entity set
     * @param table of the entity set
     * @param service origin and path of the Web API, with a slash at the end
     */
    public ServiceResponse answer(ServiceRequest request, TableSchema table, String service) {
        requireAllowed(request, table);
        Result result = read(request, table, service);
        if (result.page().begin().kind() == PagePosition.Kind.DELTA && result.isUnchanged()) {
            return empty(request, result);
        }
        return withPreferenceApplied(request, result, whole(request, result));
    }

    private void requireAllowed(ServiceRequest request, TableSchema table) {
        ReadPrivileges privileges = new ReadPrivileges(switches, table);
        QueryOptionRules options = new QueryOptionRules(request.query(), switches);
        if (!isTracked(request)) {
            privileges.requireRead();
            options.requireSimulated(table);
            return;
        }
        options.requireTrackable();
        privileges.requireTracked();
    }

    private static boolean isTracked(ServiceRequest request) {
        boolean nextPage = request.query()
                .value("$skiptoken")
                .filter(token -> token.contains("istracking=\"True\""))
                .isPresent();
        return nextPage
                || request.query().has("$deltatoken")
                || request.preferences().trackChanges();
    }

    private Result read(ServiceRequest request, TableSchema definition, String service) {
        return organization.read(definition.logicalName(), table -> {
            SelectOption selection = SelectOption.of(request.query(), table, switches);
            PageStart start = new PageStart(
                    table,
                    switches,
                    organization.versions(),
                    organization.clock().instant());
            PagePosition begin = start.of(request);
            ChangesPage page = new ChangesPageReader(table, switches).read(begin, pageSize(request, begin));
            DeltaToken token =
                    new DeltaToken(start.readUpTo(begin), organization.clock().instant());
            ODataLinks links = new ODataLinks(service, definition, selection, switches);
            return new Result(page, token, links, table.layout(), table.rows().size());
        });
    }

    private int pageSize(ServiceRequest request, PagePosition begin) {
        int most = switches.get(Switch.MAX_ROWS_PER_PAGE);
        if (!begin.isTracked() && request.query().has("$top")) {
            return Integer.parseInt(request.query().value("$top").orElse("0"));
        }
        return Math.max(1, Math.min(most, request.preferences().maxPageSize().orElse(most)));
    }

    private ResponseBody body(ServiceRequest request, Result result) {
        ODataAnnotations annotations = ODataAnnotations.of(request);
        boolean counted = "true".equals(request.query().value("$count").orElse("false"));
        Optional<Long> count = counted ? Optional.of((long) result.rows()) : Optional.empty();
        ChangesPage page = request.query().has("$top") ? result.page().withoutNext() : result.page();
        return new ODataPageWriter(result.layout(), result.links(), annotations, switches)
                .write(page, result.deltaLink(switches, annotations), count);
    }

    private ServiceResponse whole(ServiceRequest request, Result result) {
        return ServiceResponse.json(200, request.metadata(), body(request, result));
    }

    private ServiceResponse empty(ServiceRequest request, Result result) {
        EmptyDelta how = switches.get(Switch.EMPTY_DELTA);
        return switch (how) {
            case EMPTY_VALUE -> withPreferenceApplied(request, result, whole(request, result));
            case EMPTY_OBJECT -> ServiceResponse.json(200, request.metadata(), ResponseBody.of("{}"));
            case NO_CONTENT -> ServiceResponse.status(204).header("OData-Version", "4.0");
        };
    }

    /** Adds the preferences that were applied, as the platform does. */
    private static ServiceResponse withPreferenceApplied(
            ServiceRequest request, Result result, ServiceResponse response) {
        PreferHeader preferences = request.preferences();
        String tracked = preferences.trackChanges() && result.page().begin().isTracked() ? "odata.track-changes" : "";
        String size = preferences.maxPageSize().isPresent()
                ? "odata.maxpagesize=" + preferences.maxPageSize().getAsInt()
                : "";
        String both = tracked + (tracked.isEmpty() || size.isEmpty() ? "" : ",") + size;
        return both.isEmpty() ? response : response.header("Preference-Applied", both);
    }

    /**
     * What was read from the table, before it is written out.
     *
     * @param page rows and tombstones
     * @param token for the next delta
     * @param links of this request
     * @param layout of the rows
     * @param rows number of rows of the table
     */
    private record Result(ChangesPage page, DeltaToken token, ODataLinks links, RowLayout layout, int rows) {
        boolean isUnchanged() {
            return page.isEmpty() && page.begin().page() == 1;
        }

        Optional<String> deltaLink(Switches switches, ODataAnnotations annotations) {
            boolean lost = switches.get(Switch.LOST_DELTA_LINK) && annotations.formattedValues();
            boolean due =
                    page.isLast() && page.begin().isTracked() && links.table().tracked() && !lost;
            return due ? Optional.of(links.delta(token)) : Optional.empty();
        }
    }
}
