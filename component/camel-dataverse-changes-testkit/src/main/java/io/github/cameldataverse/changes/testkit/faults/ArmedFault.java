package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;

/** A fault waiting for its requests. Guarded by {@link Faults}. */
final class ArmedFault {
    static final int NTH = 0;
    static final int NEXT = 1;
    static final int ALWAYS = 2;
    /** Stable sorting does the rest: of two equals the older one strikes. */
    static final Comparator<ArmedFault> PRECEDENCE = Comparator.comparingInt(each -> each.rank);

    private final Fault fault;
    private final Optional<Predicate<ServiceRequest>> condition;
    private final int from;
    private final int rank;
    private int left;
    private int seen;

    ArmedFault(Fault fault, Optional<Predicate<ServiceRequest>> condition, int from, int times, int rank) {
        this.fault = fault;
        this.condition = condition;
        this.from = from;
        this.left = times;
        this.rank = rank;
    }

    Fault fault() {
        return fault;
    }

    boolean matches(ServiceRequest question, boolean data) {
        return fault.concerns(question)
                && condition.map(each -> each.test(question)).orElse(data);
    }

    void see() {
        seen++;
    }

    boolean isDue() {
        return seen >= from && left > 0;
    }

    void strike() {
        left = left == Integer.MAX_VALUE ? left : left - 1;
    }

    void spare() {
        left = left == Integer.MAX_VALUE ? left : left + 1;
    }

    boolean isSpent() {
        return left == 0;
    }
}
