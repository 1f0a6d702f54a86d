package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A fault that waits for its requests, and what has become of it. Guarded by the {@link ArmedFaults} that it is among. */
final class ArmedFault {
    static final Comparator<ArmedFault> BY_ORDER = Comparator.comparing(each -> each.times.order());

    private final Fault fault;
    private final Arming.Times times;
    private final Arming arming;
    private final String armedAt;
    private int usesLeft;
    private int requests;
    private int underWay;
    private int struck;
    private int unchanged;
    private String lastUnchanged = "";
    private Optional<Throwable> thrown = Optional.empty();

    ArmedFault(Fault fault, Arming.Times times, Arming arming, String armedAt) {
        this.fault = fault;
        this.times = times;
        this.arming = arming;
        this.armedAt = armedAt;
        this.usesLeft = times.most();
    }

    Fault fault() {
        return fault;
    }

    Arming arming() {
        return arming;
    }

    boolean isWaiting() {
        return usesLeft > 0;
    }

    void countRequest() {
        requests++;
    }

    boolean isDue() {
        return requests >= times.from();
    }

    void begin() {
        usesLeft--;
        underWay++;
    }

    void strike() {
        underWay--;
        struck++;
    }

    /** One that is armed for the nth request has missed it; any other waits for a response that it can change. */
    void miss(ServiceRequest request) {
        underWay--;
        unchanged++;
        lastUnchanged = request.method() + " " + request.pathAndQuery();
        usesLeft += times.order() == Arming.Order.NTH ? 0 : 1;
    }

    void breakOff(Throwable cause) {
        underWay--;
        fail(cause);
    }

    void fail(Throwable cause) {
        thrown = Optional.of(cause);
    }

    /** Those under way included: what becomes of them is known when the response is there. */
    int strikes() {
        return struck + underWay;
    }

    /** Nothing is to be told of it, and nothing under way can change that. */
    boolean isSettled() {
        return underWay == 0 && unstruck().isEmpty();
    }

    Optional<UnstruckFault> unstruck() {
        boolean isEnough = arming.duty() == Arming.Duty.MAY_STRIKE || strikes() >= times.least();
        return isEnough && thrown.isEmpty()
                ? Optional.empty()
                : Optional.of(new UnstruckFault(fault, armedAt, reason(), thrown));
    }

    private String reason() {
        return thrown.map(cause -> "it or its condition threw " + cause).orElseGet(this::reasonOfNothing);
    }

    private String reasonOfNothing() {
        List<String> reasons = new ArrayList<>();
        if (strikes() > 0) {
            reasons.add("it struck " + strikes() + " of " + times.least() + " times");
        }
        if (unchanged > 0) {
            reasons.add(
                    "it changed nothing in " + unchanged + " of the responses, the last of them to " + lastUnchanged);
        }
        return reasons.isEmpty() ? reasonOfNoTry() : String.join(", and ", reasons);
    }

    private String reasonOfNoTry() {
        if (requests == 0) {
            return "no request matched";
        }
        return requests < times.from()
                ? "it waits for matching request " + times.from() + ", and there were " + requests
                : "another fault came first in every matching response, " + requests + " in all";
    }
}
