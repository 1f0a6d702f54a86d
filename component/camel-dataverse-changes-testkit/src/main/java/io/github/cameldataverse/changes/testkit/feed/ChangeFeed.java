package io.github.cameldataverse.changes.testkit.feed;

import io.github.cameldataverse.changes.testkit.model.Organization;
import io.github.cameldataverse.changes.testkit.model.TableDefinition;
import io.github.cameldataverse.changes.testkit.switches.EmptyDelta;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Body;
import io.github.cameldataverse.changes.testkit.wire.Preferences;
import io.github.cameldataverse.changes.testkit.wire.Question;
import java.util.Optional;

/** Answers what is asked of an entity set: ordinary queries, tracked loads, deltas, and their further pages. */
public final class ChangeFeed {
    private final Organization organization;
    private final Switches switches;

    public ChangeFeed(Organization organization, Switches switches) {
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
    public Answer answer(Question question, TableDefinition table, String service) {
        requireAllowed(question, table);
        Served served = read(question, table, service);
        if (served.page().begin().kind() == Position.Kind.DELTA && served.isUnchanged()) {
            return empty(question, served);
        }
        return applied(question, served, Answer.json(200, body(question, served)));
    }

    private void requireAllowed(Question question, TableDefinition table) {
        Rights rights = new Rights(switches, table);
        Options options = new Options(question.query(), switches);
        if (!isTracked(question)) {
            rights.requireRead();
            options.requireSimulated();
            return;
        }
        options.requireTrackable();
        rights.requireTracked();
    }

    private static boolean isTracked(Question question) {
        boolean further = question.query()
                .value("$skiptoken")
                .filter(token -> token.contains("istracking=\"True\""))
                .isPresent();
        return further
                || question.query().has("$deltatoken")
                || question.preferences().trackChanges();
    }

    private Served read(Question question, TableDefinition definition, String service) {
        return organization.read(definition.logicalName(), table -> {
            Selection selection = Selection.of(question.query(), table, switches);
            Starts starts = new Starts(
                    table,
                    switches,
                    organization.versions(),
                    organization.clock().instant());
            Position begin = starts.position(question);
            Page page = new PageReader(table, switches).read(begin, pageSize(question, begin));
            DeltaToken token =
                    new DeltaToken(starts.readUpTo(begin), organization.clock().instant());
            Links links = new Links(service, definition, selection, switches);
            return new Served(page, token, links, table.layout(), table.rows().size());
        });
    }

    private int pageSize(Question question, Position begin) {
        int most = switches.get(Switch.MAX_ROWS_PER_PAGE);
        if (!begin.tracked() && question.query().has("$top")) {
            return Integer.parseInt(question.query().value("$top").orElse("0"));
        }
        return Math.max(1, Math.min(most, question.preferences().maxPageSize().orElse(most)));
    }

    private Body body(Question question, Served served) {
        Annotations annotations = Annotations.of(question.preferences());
        boolean counted = "true".equals(question.query().value("$count").orElse("false"));
        Optional<Long> count = counted ? Optional.of((long) served.rows()) : Optional.empty();
        Page page = question.query().has("$top") ? served.page().withoutNext() : served.page();
        return new PageWriter(served.layout(), served.links(), annotations, switches)
                .write(page, served.deltaLink(switches, annotations), count);
    }

    private Answer empty(Question question, Served served) {
        EmptyDelta how = switches.get(Switch.EMPTY_DELTA);
        return switch (how) {
            case EMPTY_VALUE -> applied(question, served, Answer.json(200, body(question, served)));
            case EMPTY_OBJECT -> Answer.json(200, Body.of("{}"));
            case NO_CONTENT -> Answer.status(204).header("OData-Version", "4.0");
        };
    }

    /** Says which preferences were followed, as the platform does. */
    private static Answer applied(Question question, Served served, Answer answer) {
        Preferences preferences = question.preferences();
        String tracked = preferences.trackChanges() && served.page().begin().tracked() ? "odata.track-changes" : "";
        String size = preferences.maxPageSize().isPresent()
                ? "odata.maxpagesize=" + preferences.maxPageSize().getAsInt()
                : "";
        String both = tracked + (tracked.isEmpty() || size.isEmpty() ? "" : ",") + size;
        return both.isEmpty() ? answer : answer.header("Preference-Applied", both);
    }
}
