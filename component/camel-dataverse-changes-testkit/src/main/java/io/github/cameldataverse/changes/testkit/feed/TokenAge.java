package io.github.cameldataverse.changes.testkit.feed;

import io.github.cameldataverse.changes.testkit.model.Row;
import io.github.cameldataverse.changes.testkit.model.Table;
import io.github.cameldataverse.changes.testkit.model.Tombstone;
import io.github.cameldataverse.changes.testkit.switches.Expiry;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.wire.Codes;
import io.github.cameldataverse.changes.testkit.wire.ServiceException;
import java.time.Duration;
import java.time.Instant;

/** Whether the organization still keeps track from a token on. */
record TokenAge(Table table, Switches switches, Instant now) {
    /** The position to answer from: the same, one that sends everything, or an exception. */
    Position checked(Position position) {
        if (!position.tracked() || !isTooOld(position)) {
            return position;
        }
        if (switches.get(Switch.EXPIRY) == Expiry.SILENT_FULL_LOAD) {
            return Position.start(Position.Kind.LOAD, 0, position.upTo(), now);
        }
        throw expired(switches.get(Switch.EXPIRED_TOKEN_STATUS));
    }

    static ServiceException expired(int status) {
        return new ServiceException(
                status,
                Codes.EXPIRED_VERSION_STAMP,
                "Version stamp associated with the client has expired. Please perform a full sync.");
    }

    private boolean isTooOld(Position position) {
        Instant oldest = now.minus(Duration.ofDays(switches.get(Switch.EXPIRE_DAYS)));
        if (switches.get(Switch.EXPIRY) == Expiry.ONLY_IF_CHANGES_OLDER) {
            return position.kind() == Position.Kind.DELTA && hasChangesBefore(oldest, position.from());
        }
        return position.obtained().isBefore(oldest);
    }

    private boolean hasChangesBefore(Instant oldest, long version) {
        return table.rows(version, Long.MAX_VALUE).values().stream()
                        .map(Row::changedAt)
                        .anyMatch(oldest::isAfter)
                || table.tombstones(version, Long.MAX_VALUE).values().stream()
                        .map(Tombstone::deletedAt)
                        .anyMatch(oldest::isAfter);
    }
}
