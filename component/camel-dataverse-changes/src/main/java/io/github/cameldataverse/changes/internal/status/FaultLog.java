package io.github.cameldataverse.changes.internal.status;

import static io.github.cameldataverse.changes.internal.ReaderLog.LOG;

import io.github.cameldataverse.changes.api.NotAcceptedException;
import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.ReaderLog;
import io.github.cameldataverse.changes.internal.delivery.NotCommittedException;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.spi.CamelLogger;
import org.apache.camel.support.LoggingExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The exception handler of a consumer that is given no other. A failure that its sentence explains is one WARN line,
 * said once until it is over, with the trace at DEBUG; every other failure is told as Camel tells it, with its trace. What
 * the route fails with is told once too, whichever change it fails on: the health check names that.
 */
public final class FaultLog extends LoggingExceptionHandler {

    private static final Duration LONG = Duration.ofMinutes(2);

    /** The id of a record, and the key of a change with it. */
    private static final Pattern RECORD =
            Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}([@!]~?\\p{XDigit}+\\+*)?");

    private final String subscription;
    private final Supplier<ReaderStatus> status;
    private final Clock clock;
    private String told = "";
    private boolean down;
    private String behind = "";
    private boolean behindInThisPoll;

    /** @param status how the reader is, asked when a failure is told */
    public FaultLog(CamelContext context, String subscription, Supplier<ReaderStatus> status, Clock clock) {
        super(context, new CamelLogger(LoggerFactory.getLogger(ReaderLog.NAME), LoggingLevel.WARN));
        this.subscription = subscription;
        this.status = status;
        this.clock = clock;
    }

    @Override
    public void handleException(@Nullable String message, @Nullable Exchange exchange, @Nullable Throwable exception) {
        String tale = message + " " + (exception instanceof ServiceFault fault ? fault.sentence() : exception);
        if (!isNews(message, tale, exception)) {
            return;
        }
        if (Diagnosis.explains(exception)) {
            down = true;
            ReaderStatus now = status.get();
            LOG.warn("{}: {}; {}", subscription, now.sentence(), next(now.until()));
        } else {
            down |= status.get().word() == Word.FAULTED;
            super.handleException(message, exchange, exception);
        }
    }

    /** The route failed on an exchange, and the page stops there. */
    public void refused(NotAcceptedException refusal) {
        String message = subscription + ": " + refusal.getMessage();
        String tale = RECORD.matcher("refused " + refusal.failure()).replaceAll("");
        if (isNews(message, tale, refusal.failure())) {
            down = true;
            super.handleException(message, null, refusal.failure());
        }
    }

    /** The route failed where that changes nothing any more: the poll goes on, and is no failure. */
    public void behindItsCommit(String sentence) {
        String tale = RECORD.matcher(sentence).replaceAll("");
        LOG.atLevel(tale.equals(behind) ? Level.DEBUG : Level.WARN).log("{}: {}", subscription, sentence);
        behind = tale;
        behindInThisPoll = true;
    }

    /** What the route has accepted is not stored. */
    public void notCommitted(NotCommittedException refusal) {
        if (isNews(refusal.getMessage(), RECORD.matcher(refusal.toString()).replaceAll(""), refusal)) {
            down = true;
            LOG.warn("{}: {}", subscription, refusal.getMessage());
        }
    }

    private boolean isNews(@Nullable String message, String tale, @Nullable Throwable exception) {
        LOG.debug("{}: {}", subscription, message, exception);
        if (tale.equals(told) || isSuppressLogging()) {
            return false;
        }
        told = tale;
        return true;
    }

    /** A poll went well: the next failure is news, even if it is the same. */
    public void recovered() {
        if (down) {
            LOG.info("{}: up again", subscription);
        }
        told = "";
        down = false;
        behind = behindInThisPoll ? behind : "";
        behindInThisPoll = false;
    }

    private String next(@Nullable Instant until) {
        if (until == null) {
            return "tried again at the next poll";
        }
        Duration wait = Duration.between(clock.instant(), until).plusMillis(500);
        String words = wait.compareTo(LONG) < 0 ? Math.max(1, wait.toSeconds()) + " s" : wait.toMinutes() + " min";
        return "stopped, looks again in " + words;
    }
}
