package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Body;
import io.github.cameldataverse.changes.testkit.wire.Delivery;
import io.github.cameldataverse.changes.testkit.wire.Question;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Supplier;

/**
 * The body ends too early, and nothing in HTTP says so: its length was not announced, and the end of the connection is
 * the end of the body. Only the JSON shows it.
 *
 * @param afterBytes how many bytes arrive
 */
public record EarlyEnd(long afterBytes) implements Fault {
    @Override
    public Answer strike(Question question, Supplier<Answer> proper) {
        return proper.get().header("Connection", "close").delivered(new Undeclared(afterBytes));
    }

    private record Undeclared(long afterBytes) implements Delivery {
        @Override
        public void send(Body body, OutputStream out) throws IOException {
            out.write(body.bytes(), 0, (int) Math.min(afterBytes, body.length()));
        }

        @Override
        public boolean declaresLength() {
            return false;
        }
    }
}
