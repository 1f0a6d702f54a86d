package io.github.cameldataverse.changes.testkit.internal.tracking;

import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.internal.organization.RowVersionSequence;
import io.github.cameldataverse.changes.testkit.internal.organization.StoredRow;
import io.github.cameldataverse.changes.testkit.internal.organization.StoredTable;
import io.github.cameldataverse.changes.testkit.internal.organization.Tombstone;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import io.github.cameldataverse.changes.testkit.switches.DeltaTokenExpiry;
import io.github.cameldataverse.changes.testkit.switches.MalformedToken;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Determines where the requested page begins: by its paging cookie, by its delta token, or at the beginning of a load. A
 * token that is too old is refused, or answered with a load, as the switches say.
 */
public record PageStart(StoredTable table, Switches switches, RowVersionSequence versions, Instant now) {

    /** The start of the page that a request to the Web API asks for. */
    public PagePosition of(ServiceRequest request) {
        Optional<PagePosition> next = request.query().value("$skiptoken").map(this::skipTo);
        return notExpired(next.orElseGet(() -> first(request)));
    }

    /** The start of the page with this paging cookie, or else of the delta since this data version, or else of a load. */
    PagePosition of(Optional<String> dataVersion, Optional<String> cookie) {
        return notExpired(cookie.map(text -> next(SkipToken.readInner(text), dataVersion))
                .orElseGet(() -> dataVersion.map(this::delta).orElseGet(this::load)));
    }

    /** The start of the first page of the delta since this token. */
    public PagePosition ofDelta(String token) {
        return notExpired(delta(token));
    }

    /** The version up to which a client has read when it has this page. */
    public long readUpTo(PagePosition begin) {
        return switch (switches.get(Switch.WATERMARK)) {
            case FIRST_PAGE -> begin.upTo();
            case LAST_PAGE -> versions.watermark();
        };
    }

    private PagePosition first(ServiceRequest request) {
        Optional<String> token = request.query().value("$deltatoken");
        if (token.isPresent()) {
            return delta(token.get());
        }
        return request.preferences().trackChanges() ? load() : query();
    }

    private PagePosition query() {
        return PagePosition.start(PagePosition.Kind.QUERY, 0, versions.watermark(), now);
    }

    private PagePosition load() {
        return PagePosition.start(PagePosition.Kind.LOAD, 0, versions.watermark(), now);
    }

    private PagePosition delta(String text) {
        DeltaToken token = DeltaToken.read(text)
                .filter(read -> versions.reaches(read.version()))
                .orElseThrow(this::malformed);
        return PagePosition.start(PagePosition.Kind.DELTA, token.version(), versions.watermark(), token.obtained());
    }

    /** The paging cookie of a delta is sent with the data version of that delta, on every page. */
    private PagePosition next(PagePosition position, Optional<String> dataVersion) {
        boolean same = dataVersion
                .filter(text -> delta(text).from() == position.from())
                .isPresent();
        if (position.kind() == PagePosition.Kind.DELTA && !same) {
            throw SkipToken.refused();
        }
        return ofThisOrganization(position);
    }

    private PagePosition skipTo(String text) {
        return ofThisOrganization(SkipToken.read(text));
    }

    private PagePosition ofThisOrganization(PagePosition position) {
        if (position.isTracked() && !versions.reaches(position.upTo())) {
            throw SkipToken.refused();
        }
        return position;
    }

    /** The token cannot be parsed, or is of another organization. */
    private ServiceRefusalException malformed() {
        MalformedToken how = switches.get(Switch.MALFORMED_TOKEN);
        return new ServiceRefusalException(400, how.code(), how.message());
    }

    private PagePosition notExpired(PagePosition position) {
        if (!position.isTracked() || !isExpired(position)) {
            return position;
        }
        if (switches.get(Switch.EXPIRY) == DeltaTokenExpiry.SILENT_FULL_LOAD) {
            return PagePosition.start(PagePosition.Kind.LOAD, 0, position.upTo(), now);
        }
        throw new ServiceRefusalException(
                switches.get(Switch.EXPIRED_TOKEN_STATUS),
                ErrorCodes.EXPIRED_VERSION_STAMP,
                "Version stamp associated with the client has expired. Please perform a full sync.");
    }

    private boolean isExpired(PagePosition position) {
        Instant oldest = now.minus(Duration.ofDays(switches.get(Switch.EXPIRE_DAYS)));
        if (switches.get(Switch.EXPIRY) == DeltaTokenExpiry.ONLY_IF_CHANGES_OLDER) {
            return position.kind() == PagePosition.Kind.DELTA && hasChangesBefore(oldest, position.from());
        }
        return position.obtained().isBefore(oldest);
    }

    private boolean hasChangesBefore(Instant oldest, long version) {
        return table.rows(version, Long.MAX_VALUE).values().stream()
                        .map(StoredRow::changedAt)
                        .anyMatch(oldest::isAfter)
                || table.tombstones(version, Long.MAX_VALUE).values().stream()
                        .map(Tombstone::deletedAt)
                        .anyMatch(oldest::isAfter);
    }
}
