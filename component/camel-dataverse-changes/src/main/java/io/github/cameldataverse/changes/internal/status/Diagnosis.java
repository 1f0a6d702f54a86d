package io.github.cameldataverse.changes.internal.status;

import io.github.cameldataverse.changes.api.FullLoadRefusedException;
import io.github.cameldataverse.changes.api.NotAcceptedException;
import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.checkpoint.TokenUnusableException;
import io.github.cameldataverse.changes.internal.delivery.NotCommittedException;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.internal.subscription.SubscriptionClaim;
import io.github.cameldataverse.changes.option.OnTokenExpired;
import io.github.cameldataverse.changes.token.TokenConflictException;
import io.github.cameldataverse.changes.token.TokenStoreException;
import io.github.cameldataverse.changes.token.TokenUnreadableException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tells from a failure how the reader is. What goes away by itself is tried at the next poll; what a person has to mend
 * latches, and is tried again at a tenth of the pace.
 */
public final class Diagnosis {

    private static final int SLOWER = 10;
    private static final Duration SLOWEST = Duration.ofMinutes(15);

    private final Duration reprobe;
    private final OnTokenExpired onTokenExpired;
    private final String reload;

    /**
     * @param delay time between two polls
     * @param onTokenExpired whether a reload begins by itself when the token has expired
     * @param reload how to ask for a full reload, in a sentence
     */
    public Diagnosis(Duration delay, OnTokenExpired onTokenExpired, String reload) {
        this.onTokenExpired = onTokenExpired;
        this.reload = reload;
        Duration slow = delay.multipliedBy(SLOWER);
        // A user who polls once an hour wants to be no slower than that.
        this.reprobe = slow.compareTo(SLOWEST) < 0 ? slow : delay.compareTo(SLOWEST) < 0 ? SLOWEST : delay;
    }

    public ReaderStatus of(Throwable failure, Instant now) {
        if (failure instanceof ServiceFault fault) {
            return ofFault(fault, now);
        }
        if (failure instanceof NotAcceptedException || failure instanceof NotCommittedException) {
            return status(Word.POISONED, failure, now, null);
        }
        if (failure instanceof TokenConflictException) {
            return status(Word.STANDBY, failure, now, null);
        }
        if (failure instanceof TokenStoreException) {
            return status(Word.STORE_LOST, failure, now, null);
        }
        return status(Word.FAULTED, failure, now, isForAPerson(failure) ? now.plus(reprobe) : null);
    }

    private static boolean isForAPerson(@Nullable Throwable failure) {
        return failure instanceof TokenUnusableException
                || failure instanceof TokenUnreadableException
                || failure instanceof FullLoadRefusedException;
    }

    /** Whether the message of the failure tells a person what is wrong, without a stack trace. */
    public static boolean explains(@Nullable Throwable failure) {
        return isForAPerson(failure)
                || failure instanceof ServiceFault
                || failure instanceof TokenStoreException
                || failure instanceof SubscriptionClaim.TakenException;
    }

    private ReaderStatus ofFault(ServiceFault fault, Instant now) {
        if (fault instanceof ServiceFault.Throttled throttled) {
            return status(Word.THROTTLED, fault, now, throttled.until());
        }
        if (fault instanceof ServiceFault.TokenExpired) {
            return status(Word.EXPIRED, fault, now, now.plus(reprobe));
        }
        boolean passes = fault instanceof ServiceFault.Transient;
        return status(Word.FAULTED, fault, now, passes ? null : now.plus(reprobe));
    }

    private ReaderStatus status(Word word, Throwable failure, Instant since, @Nullable Instant until) {
        int httpStatus = failure instanceof ServiceFault fault ? fault.getHttpResponseCode() : 0;
        String message = failure.getMessage();
        return new ReaderStatus(
                word,
                message == null ? failure.getClass().getName() : advised(message, failure),
                httpStatus,
                since,
                until);
    }

    private String advised(String message, Throwable failure) {
        if (!isMendedByAReload(failure)) {
            return message;
        }
        boolean couldGoByItself = failure instanceof ServiceFault.TokenExpired && onTokenExpired == OnTokenExpired.FAIL;
        return message.replaceAll("\\.$", "") + ". " + reload
                + (couldGoByItself ? ", or set onTokenExpired=resync" : "");
    }

    private static boolean isMendedByAReload(Throwable failure) {
        return failure instanceof ServiceFault.TokenExpired
                || failure instanceof TokenUnusableException
                || failure instanceof TokenUnreadableException;
    }
}
