package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How a fault is armed.
 *
 * @param requests which requests it waits for; without it, for all that read data
 * @param duty whether it has to strike
 */
record Arming(Optional<Predicate<ServiceRequest>> requests, Duty duty) {
    static final Arming USUAL = new Arming(Optional.empty(), Duty.MUST_STRIKE);

    /** Whether the test fails if the fault does not strike. */
    enum Duty {
        MUST_STRIKE,
        MAY_STRIKE
    }

    /** Which of several matching faults comes first. */
    enum Order {
        NTH,
        NEXT,
        ALWAYS
    }

    /**
     * When it strikes.
     *
     * @param order which of several comes first
     * @param from the first matching request that it strikes, from 1
     * @param least how often it has to strike
     * @param most how often it strikes
     */
    record Times(Order order, int from, int least, int most) {
        static Times next(int times) {
            return new Times(Order.NEXT, 1, times, times);
        }

        static Times nth(int nth) {
            return new Times(Order.NTH, nth, 1, 1);
        }

        static Times always() {
            return new Times(Order.ALWAYS, 1, 1, Integer.MAX_VALUE);
        }
    }

    Arming where(Predicate<ServiceRequest> condition) {
        return new Arming(Optional.of(condition), duty);
    }

    Arming lenient() {
        return new Arming(requests, Duty.MAY_STRIKE);
    }

    boolean isFor(ServiceRequest request) {
        return requests.filter(condition -> condition.test(request)).isPresent();
    }

    boolean isForDataRequest(ServiceRequest request) {
        return requests.isEmpty() || isFor(request);
    }
}
