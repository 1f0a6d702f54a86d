package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.BodyTransfer;
import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.argument.Argument;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Supplier;

/**
 * The body ends too early, and nothing in HTTP says so: its length was not announced, and the end of the connection is
 * the end of the body. Only the JSON shows it. A body that is no longer than that is left as it is.
 *
 * @param afterBytes how many bytes arrive
 */
public record EarlyEnd(long afterBytes) implements Fault {
    public EarlyEnd {
        Argument.atLeast("EarlyEnd.afterBytes", afterBytes, 0);
    }

    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return proper.get().transferred(new Undeclared(afterBytes));
    }

    private record Undeclared(long afterBytes) implements BodyTransfer {
        @Override
        public void send(ResponseBody body, OutputStream out) throws IOException {
            out.write(body.bytes(), 0, (int) Math.min(afterBytes, body.length()));
        }

        @Override
        public boolean isWhole(ResponseBody body) {
            return afterBytes >= body.length();
        }

        @Override
        public boolean declaresLength() {
            return false;
        }
    }
}
