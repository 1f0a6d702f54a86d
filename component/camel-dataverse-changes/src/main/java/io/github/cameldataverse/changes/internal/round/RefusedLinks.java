package io.github.cameldataverse.changes.internal.round;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.source.ServiceError;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.token.Checkpoint;
import java.util.Optional;

/**
 * Tells whether the service no longer takes the link of a next page. Its codes for tokens and cookies say so at once. What
 * else it says to a bad link is documented nowhere: so any other refusal of its own counts when it came three times in a row,
 * and no reader stands at such a link for ever. What something between says counts never. The count is of one checkpoint, and is
 * of no use at any other. For one thread at a time.
 */
final class RefusedLinks {

    private static final int ENOUGH = 3;

    private final ChangeTrackingApi api;
    private Optional<Refusal> last = Optional.empty();
    private int times;

    RefusedLinks(ChangeTrackingApi api) {
        this.api = api;
    }

    /** What a fault says of the link of a next page. */
    enum Verdict {
        /** The service does not take it any more. */
        LOST("; the round starts again at the next poll, and pages delivered in it may repeat: "),
        /** The service has refused it, and may take it the next time. */
        DOUBTFUL("; it is asked for again, and after " + ENOUGH + " such answers in a row the round starts again: "),
        /** Nothing. */
        GOOD("");

        private final String consequence;

        Verdict(String consequence) {
            this.consequence = consequence;
        }

        /** The fault as one that the next poll gets over. */
        ServiceFault passing(Checkpoint here, ServiceFault fault) {
            ServiceFault passing = new ServiceFault.Transient(
                    "The service refused the link of page " + (here.pages() + 1) + " of round " + here.round()
                            + consequence + fault.sentence(),
                    fault.getHttpResponseCode(),
                    fault);
            return passing.withErrorCode(fault.getErrorCode()).withRequestId(fault.getRequestId());
        }
    }

    private record Refusal(Checkpoint here, int status, String code) {}

    /** Counts a fault at the link at which a checkpoint stands. */
    Verdict verdict(Checkpoint here, ServiceFault fault) {
        if (!isRefusal(fault)) {
            forget();
            return fault instanceof ServiceFault.TokenExpired && isAnswer(fault) ? Verdict.LOST : Verdict.GOOD;
        }
        Optional<Refusal> refusal = Optional.of(new Refusal(here, fault.getHttpResponseCode(), fault.getErrorCode()));
        times = refusal.equals(last) ? times + 1 : 1;
        last = refusal;
        if (times < ENOUGH) {
            return Verdict.DOUBTFUL;
        }
        forget();
        return Verdict.LOST;
    }

    /** The link was taken. */
    void forget() {
        last = Optional.empty();
        times = 0;
    }

    private static boolean isAnswer(ServiceFault fault) {
        return fault.getHttpResponseCode() > 0;
    }

    private boolean isRefusal(ServiceFault fault) {
        return !fault.getErrorCode().isEmpty() && (isRefusedByStatus(fault) || isRefusedByCode(fault));
    }

    private static boolean isRefusedByStatus(ServiceFault fault) {
        int status = fault.getHttpResponseCode();
        return fault instanceof ServiceFault.Permanent && status / 100 == 4 && status != 401 && status != 403;
    }

    /** Over SOAP every fault has the status of a failure. */
    private boolean isRefusedByCode(ServiceFault fault) {
        return api == ChangeTrackingApi.ORGANIZATION_SERVICE
                && (fault instanceof ServiceFault.Permanent || fault instanceof ServiceFault.Transient)
                && !ServiceError.isFailure(fault.getErrorCode());
    }
}
