package io.github.cameldataverse.changes.example;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.cameldataverse.changes.token.TokenStoreException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells a change that a sink refuses for what it holds, and would refuse tomorrow too, from an outage. Such a change goes
 * to the dead letters; in an outage the change waits.
 */
final class Refusal {

    private Refusal() {}

    /** Why the change is refused, in a sentence; empty if the failure is an outage. */
    static Optional<String> reason(@Nullable Throwable failure) {
        // Tokens that cannot be stored are an outage, whatever their database says of the reason.
        return chain(failure).anyMatch(TokenStoreException.class::isInstance)
                ? Optional.empty()
                : chain(failure).flatMap(cause -> refusal(cause).stream()).findFirst();
    }

    private static Optional<String> refusal(Throwable cause) {
        if (cause instanceof RefusedChangeException) {
            return Optional.ofNullable(cause.getMessage());
        } else if (cause instanceof JsonProcessingException json) {
            return Optional.of("The row does not have the expected form: " + json.getOriginalMessage());
        } else if (cause instanceof SQLException sql && isRefusal(sql)) {
            return Optional.of("The database refuses the row: " + sql.getMessage());
        }
        return Optional.empty();
    }

    // SQL state 22: a value that the column cannot take; 23: a constraint. All else may be different tomorrow.
    private static boolean isRefusal(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    private static Stream<Throwable> chain(@Nullable Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
