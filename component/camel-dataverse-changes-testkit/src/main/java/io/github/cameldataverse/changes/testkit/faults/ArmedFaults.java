package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** All faults that are armed, and those that were and have not struck. Thread-safe. */
final class ArmedFaults {
    private final List<ArmedFault> armed = new ArrayList<>();
    /** Those of which something is to be told, or of which a response is still under way. */
    private final List<ArmedFault> disarmed = new ArrayList<>();

    private int strikesOfUsedUp;

    synchronized void arm(ArmedFault fault) {
        armed.add(fault);
    }

    synchronized void clear() {
        disarmed.addAll(armed);
        disarmed.removeIf(ArmedFault::isSettled);
        armed.clear();
        strikesOfUsedUp = 0;
    }

    synchronized void reset() {
        clear();
        disarmed.clear();
    }

    synchronized int injected() {
        return strikesOfUsedUp + armed.stream().mapToInt(ArmedFault::strikes).sum();
    }

    synchronized List<UnstruckFault> unstruck() {
        return Stream.concat(disarmed.stream(), armed.stream())
                .flatMap(fault -> fault.unstruck().stream())
                .toList();
    }

    synchronized Optional<ArmedFault> take(Predicate<ArmedFault> condition) {
        List<ArmedFault> matching = armed.stream()
                .filter(ArmedFault::isWaiting)
                .filter(fault -> matches(fault, condition))
                .toList();
        matching.forEach(ArmedFault::countRequest);
        // min() takes the first of equals: of two faults of the same order the older one.
        Optional<ArmedFault> chosen =
                matching.stream().filter(ArmedFault::isDue).min(ArmedFault.BY_ORDER);
        chosen.ifPresent(ArmedFault::begin);
        return chosen;
    }

    /** A condition that throws would otherwise look like an error of the service, status 500. */
    private static boolean matches(ArmedFault fault, Predicate<ArmedFault> condition) {
        try {
            return condition.test(fault);
        } catch (RuntimeException | Error cause) {
            fault.fail(cause);
            return false;
        }
    }

    synchronized void struck(ArmedFault fault) {
        fault.strike();
        removeIfUsedUp(fault);
    }

    synchronized void missed(ArmedFault fault, ServiceRequest request) {
        fault.miss(request);
        removeIfUsedUp(fault);
    }

    synchronized void threw(ArmedFault fault, Throwable cause) {
        fault.breakOff(cause);
    }

    private void removeIfUsedUp(ArmedFault fault) {
        if (!fault.isWaiting() && fault.isSettled() && armed.remove(fault)) {
            strikesOfUsedUp += fault.strikes();
        }
        disarmed.removeIf(ArmedFault::isSettled);
    }
}
