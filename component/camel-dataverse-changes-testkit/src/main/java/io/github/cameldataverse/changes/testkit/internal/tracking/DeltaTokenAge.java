package io.github.cameldataverse.changes.testkit.internal.tracking;

import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.internal.organization.StoredRow;
import io.github.cameldataverse.changes.testkit.internal.organization.StoredTable;
import io.github.cameldataverse.changes.testkit.internal.organization.Tombstone;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import io.github.cameldataverse.changes.testkit.switches.DeltaTokenExpiry;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import java.time.Duration;
import java.time.Instant;

/** Whether the organization still keeps track from a token on. */
public record DeltaTokenAge(StoredTable table, Switches switches, Instant now) {
    /** The position to answer from: the same, one that sends everything, or an exception. */
    public PagePosition checked(PagePosition position) {
        if (!position.tracked() || !isTooOld(position)) {
            return position;
        }
        if (switches.get(Switch.EXPIRY) == DeltaTokenExpiry.SILENT_FULL_LOAD) {
            return PagePosition.start(PagePosition.Kind.LOAD, 0, position.upTo(), now);
        }
        throw expired(switches.get(Switch.EXPIRED_TOKEN_STATUS));
    }

    static ServiceRefusalException expired(int status) {
        return new ServiceRefusalException(
                status,
                ErrorCodes.EXPIRED_VERSION_STAMP,
                "Version stamp associated with the client has expired. Please perform a full sync.");
    }

    private boolean isTooOld(PagePosition position) {
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
