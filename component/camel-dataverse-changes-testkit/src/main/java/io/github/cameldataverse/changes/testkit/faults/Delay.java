package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.argument.Argument;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Nothing arrives for a while, then everything.
 *
 * @param duration in real time
 */
public record Delay(Duration duration) implements Fault {
    public Delay {
        Argument.positive("Delay.duration", duration);
    }

    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        RealTimeWait.of(duration);
        return proper.get();
    }

    @Override
    public boolean changesResponse() {
        return false;
    }
}
