package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Body;
import io.github.cameldataverse.changes.testkit.wire.Question;
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
public record Stall(Duration duration) implements Fault {
    @Override
    public Answer strike(Question question, Supplier<Answer> proper) {
        return proper.get().delivered(this::send);
    }

    private void send(Body body, OutputStream out) throws IOException {
        byte[] bytes = body.bytes();
        int first = Math.min(16, bytes.length);
        out.write(bytes, 0, first);
        out.flush();
        Pause.of(duration);
        out.write(bytes, first, bytes.length - first);
    }
}
