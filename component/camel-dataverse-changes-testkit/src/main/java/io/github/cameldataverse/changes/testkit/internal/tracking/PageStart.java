package io.github.cameldataverse.changes.testkit.internal.tracking;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.internal.organization.RowVersionSequence;
import io.github.cameldataverse.changes.testkit.internal.organization.StoredTable;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import io.github.cameldataverse.changes.testkit.switches.MalformedToken;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import java.time.Instant;
import java.util.Optional;

/** Where the page that is asked for begins: by its paging cookie, by its delta token, or at the beginning. */
public record PageStart(StoredTable table, Switches switches, RowVersionSequence versions, Instant now) {
    public PagePosition position(ServiceRequest question) {
        Optional<PagePosition> further = question.query().value("$skiptoken").map(this::further);
        return new DeltaTokenAge(table, switches, now).checked(further.orElseGet(() -> first(question)));
    }

    /** Where a page begins that is asked for by data version and paging cookie; without either, a load does. */
    PagePosition position(Optional<String> dataVersion, Optional<String> cookie) {
        PagePosition position = cookie.map(text -> continued(SkipToken.readInner(text), dataVersion))
                .orElseGet(() -> dataVersion.map(this::delta).orElseGet(this::load));
        return new DeltaTokenAge(table, switches, now).checked(position);
    }

    /** Up to where the client has read when it has this page. */
    public long readUpTo(PagePosition begin) {
        return switch (switches.get(Switch.WATERMARK)) {
            case FIRST_PAGE -> begin.upTo();
            case LAST_PAGE -> versions.watermark();
        };
    }

    private PagePosition load() {
        return PagePosition.start(PagePosition.Kind.LOAD, 0, versions.watermark(), now);
    }

    /** The cookie of a delta goes with the data version of that delta, on every page. */
    private PagePosition continued(PagePosition position, Optional<String> dataVersion) {
        boolean same = dataVersion
                .filter(text -> delta(text).from() == position.from())
                .isPresent();
        if (position.kind() == PagePosition.Kind.DELTA && !same) {
            throw SkipToken.refused();
        }
        return known(position);
    }

    private PagePosition first(ServiceRequest question) {
        Optional<String> token = question.query().value("$deltatoken");
        if (token.isPresent()) {
            return delta(token.get());
        }
        boolean tracked = question.preferences().trackChanges();
        return PagePosition.start(
                tracked ? PagePosition.Kind.LOAD : PagePosition.Kind.QUERY, 0, versions.watermark(), now);
    }

    public PagePosition delta(String text) {
        DeltaToken token = DeltaToken.read(text)
                .filter(read -> versions.reaches(read.version()))
                .orElseThrow(this::malformed);
        return PagePosition.start(PagePosition.Kind.DELTA, token.version(), versions.watermark(), token.obtained());
    }

    private PagePosition further(String text) {
        return known(SkipToken.read(text));
    }

    private PagePosition known(PagePosition position) {
        if (position.tracked() && !versions.reaches(position.upTo())) {
            throw SkipToken.refused();
        }
        return position;
    }

    /** Malformed, or of another organization. */
    private ServiceRefusalException malformed() {
        MalformedToken how = switches.get(Switch.MALFORMED_TOKEN);
        return new ServiceRefusalException(400, how.code(), how.message());
    }
}
