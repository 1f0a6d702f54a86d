package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Headers and the first bytes arrive, then nothing for a while, then the rest. A timeout that ends with the headers
 * never fires.
 *
 * @param duration in real time
 */
public record StalledBody(Duration duration) implements Fault {
    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return proper.get().transferred(this::send);
    }

    private void send(ResponseBody body, OutputStream out) throws IOException {
        byte[] bytes = body.bytes();
        int first = Math.min(16, bytes.length);
        out.write(bytes, 0, first);
        out.flush();
        RealTimeWait.of(duration);
        out.write(bytes, first, bytes.length - first);
    }
}
