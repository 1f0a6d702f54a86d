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
 * The body arrives in small pieces, with a pause before each of them. A response without a body is left as it is.
 *
 * @param duration of the whole body, in real time
 * @param pieces how many
 */
public record SlowBody(Duration duration, int pieces) implements Fault {
    public SlowBody {
        Argument.positive("SlowBody.duration", duration);
        Argument.atLeast("SlowBody.pieces", pieces, 1);
    }

    /** In ten pieces. */
    public SlowBody(Duration duration) {
        this(duration, 10);
    }

    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return proper.get().transferred(new Slow(duration, pieces));
    }

    private record Slow(Duration duration, int pieces) implements BodyTransfer {
        @Override
        public void send(ResponseBody body, OutputStream out) throws IOException {
            byte[] bytes = body.bytes();
            for (int i = 0; i < pieces; i++) {
                RealTimeWait.of(duration.dividedBy(pieces));
                int from = (int) ((long) bytes.length * i / pieces);
                int to = (int) ((long) bytes.length * (i + 1) / pieces);
                out.write(bytes, from, to - from);
                out.flush();
            }
        }

        @Override
        public boolean isWhole(ResponseBody body) {
            return body.length() == 0;
        }
    }
}
