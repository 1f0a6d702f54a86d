package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.BodyTransfer;
import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.argument.Argument;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Headers and the first bytes arrive, then nothing for a while, then the rest. A timeout that ends with the headers
 * never fires. A response without a body is left as it is.
 *
 * @param duration in real time
 */
public record StalledBody(Duration duration) implements Fault {
    public StalledBody {
        Argument.positive("StalledBody.duration", duration);
    }

    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return proper.get().transferred(new Stalled(duration));
    }

    private record Stalled(Duration duration) implements BodyTransfer {
        @Override
        public void send(ResponseBody body, OutputStream out) throws IOException {
            byte[] bytes = body.bytes();
            // Of a short body the half: whoever has all bytes waits for nothing.
            int first = Math.min(16, bytes.length / 2);
            out.write(bytes, 0, first);
            out.flush();
            RealTimeWait.of(duration);
            out.write(bytes, first, bytes.length - first);
        }

        @Override
        public boolean isWhole(ResponseBody body) {
            return body.length() == 0;
        }
    }
}
