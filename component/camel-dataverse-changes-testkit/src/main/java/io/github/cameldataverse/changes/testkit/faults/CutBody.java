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
 * The connection breaks in the middle of the body, which the headers announced in full. A body that is no longer than that is
 * left as it is.
 *
 * @param afterBytes how many bytes still arrive, of the body as it is sent; 0 cuts right behind the headers
 */
public record CutBody(long afterBytes) implements Fault {
    public CutBody {
        Argument.atLeast("CutBody.afterBytes", afterBytes, 0);
    }

    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return proper.get().transferred(new Cut(afterBytes));
    }

    private record Cut(long afterBytes) implements BodyTransfer {
        @Override
        public void send(ResponseBody body, OutputStream out) throws IOException {
            out.write(body.bytes(), 0, (int) Math.min(afterBytes, body.length()));
            out.flush();
            if (!isWhole(body)) {
                throw new IOException("The body is cut after " + afterBytes + " bytes, as the fault has it");
            }
        }

        @Override
        public boolean isWhole(ResponseBody body) {
            return afterBytes >= body.length();
        }
    }
}
