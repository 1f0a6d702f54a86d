package io.github.cameldataverse.changes.internal.organization;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.ReaderLog;
import io.github.cameldataverse.changes.internal.organization.metadata.OrganizationMetadata;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * For how long the organization keeps track of changes (spec: the column {@code ExpireChangeTrackingInDays}; 7 days by
 * default now, 30 and 90 before). It is asked once a day. An application that may not read it can read changes all the same. One
 * thread asks, any thread may look.
 */
public final class Retention {

    private static final Duration DAILY = Duration.ofDays(1);
    private static final Duration HOURLY = Duration.ofHours(1);

    private final OrganizationMetadata metadata;
    private final Clock clock;
    private volatile @Nullable Duration known;
    private Instant askAgain = Instant.MIN;
    private String told = "";

    public Retention(OrganizationMetadata metadata, Clock clock) {
        this.metadata = metadata;
        this.clock = clock;
    }

    /** The last answer; null if there was none. */
    @Nullable
    public Duration known() {
        return known;
    }

    /** The same, asked for if it is time to. */
    @Nullable
    public Duration asked() {
        if (!clock.instant().isBefore(askAgain)) {
            ask();
        }
        return known;
    }

    /** The same, asked for now. */
    @Nullable
    public Duration askedAnew() {
        ask();
        return known;
    }

    private void ask() {
        try {
            OptionalInt days = metadata.daysKept();
            // What 0 means is not documented; the service itself will say when a token is too old.
            known = days.orElse(0) > 0 ? Duration.ofDays(days.getAsInt()) : null;
            askAgain = clock.instant().plus(DAILY);
        } catch (ServiceFault e) {
            askAgain = clock.instant().plus(HOURLY);
            tell(String.valueOf(e.getMessage()));
        }
    }

    private void tell(String why) {
        if (!why.equals(told)) {
            ReaderLog.LOG.info(
                    "No warning will come before a delta token expires, because it is not known when: {}", why);
        }
        told = why;
    }
}
