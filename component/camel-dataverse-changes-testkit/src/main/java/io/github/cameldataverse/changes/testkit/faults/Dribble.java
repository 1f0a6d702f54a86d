package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Body;
import io.github.cameldataverse.changes.testkit.wire.Question;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The body arrives in small pieces, with a pause before each.
 *
 * @param duration of it all, in real time
 * @param pieces how many
 */
public record Dribble(Duration duration, int pieces) implements Fault {
    /** In ten pieces. */
    public Dribble(Duration duration) {
        this(duration, 10);
    }

    @Override
    public Answer strike(Question question, Supplier<Answer> proper) {
        return proper.get().delivered(this::send);
    }

    private void send(Body body, OutputStream out) throws IOException {
        byte[] bytes = body.bytes();
        for (int i = 0; i < pieces; i++) {
            Pause.of(duration.dividedBy(pieces));
            int from = (int) ((long) bytes.length * i / pieces);
            int to = (int) ((long) bytes.length * (i + 1) / pieces);
            out.write(bytes, from, to - from);
            out.flush();
        }
    }
}
