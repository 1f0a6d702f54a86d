package io.github.cameldataverse.changes.internal.http;

import io.github.cameldataverse.changes.internal.http.answer.Answer;
import io.github.cameldataverse.changes.internal.http.answer.Body;
import io.github.cameldataverse.changes.internal.http.answer.SecretsInUse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.MessageConstraintException;
import org.jspecify.annotations.Nullable;

/**
 * Makes single calls with a deadline over the whole of each, body included, and a limit on the bytes read. The client's
 * own time-outs end at the headers or start anew at every packet. Thread-safe.
 */
public final class HttpCalls {

    private final HttpClient client;
    private final Supplier<ScheduledExecutorService> timer;
    private final Duration deadline;
    private final BoundedBody body;
    private final Clock clock;
    private final SecretsInUse secrets;
    private final Set<HttpUriRequestBase> running = ConcurrentHashMap.newKeySet();

    /**
     * @param timer runs the deadlines, asked for with each call; not closed here
     * @param deadline longest time from the first byte sent to the last byte read
     * @param maxBytes longest body, after decompression
     * @param secrets what the calls of this connection carry
     */
    public HttpCalls(
            HttpClient client,
            Supplier<ScheduledExecutorService> timer,
            Duration deadline,
            int maxBytes,
            Clock clock,
            SecretsInUse secrets) {
        this.client = client;
        this.timer = timer;
        this.deadline = deadline;
        this.body = new BoundedBody(maxBytes);
        this.clock = clock;
        this.secrets = secrets;
    }

    /** What the calls of this connection carry. */
    SecretsInUse secrets() {
        return secrets;
    }

    /** @throws IOException if there is no whole answer; a {@link DeadlineException} if it took too long */
    Answer send(HttpUriRequestBase request) throws IOException {
        return send(request, () -> false);
    }

    /** @param unwanted asked once {@link #cancelAll} can see the request, so that a stop falls into no gap */
    Answer send(HttpUriRequestBase request, BooleanSupplier unwanted) throws IOException {
        AtomicBoolean late = new AtomicBoolean();
        Future<?> alarm = timer.get()
                .schedule(
                        () -> {
                            late.set(true);
                            request.cancel();
                        },
                        deadline.toMillis(),
                        TimeUnit.MILLISECONDS);
        running.add(request);
        try {
            if (unwanted.getAsBoolean()) {
                throw new InterruptedIOException("the reader is stopping");
            }
            return client.execute(request, response -> read(request, response));
        } catch (IOException e) {
            throw late.get() ? new DeadlineException(deadline, e) : named(e);
        } catch (IllegalStateException e) {
            throw cancelled(request, late.get(), e);
        } finally {
            running.remove(request);
            alarm.cancel(false);
        }
    }

    /** Of the body {@link #read} has spoken before. */
    private static IOException named(IOException failure) {
        if (failure instanceof UnknownHostException) {
            return (IOException)
                    new UnknownHostException(unknown(String.valueOf(failure.getMessage()))).initCause(failure);
        }
        return failure instanceof MessageConstraintException head ? new HeadTooLargeException(head) : failure;
    }

    /** The JVM says it in two ways: when it has asked the name service, and as long as it remembers the answer. */
    private static String unknown(String message) {
        return message.split(":", 2)[0] + " has no address that the name service knows";
    }

    /** So the client ends when it is cancelled in the moment in which it gives the connection back. */
    private IOException cancelled(HttpUriRequestBase request, boolean late, IllegalStateException failure) {
        if (late) {
            return new DeadlineException(deadline, failure);
        }
        if (request.isCancelled()) {
            return (IOException) new InterruptedIOException("the request was cancelled").initCause(failure);
        }
        throw failure;
    }

    /** Ends the calls under way, with an error each. */
    public void cancelAll() {
        running.forEach(HttpUriRequestBase::cancel);
    }

    private Answer read(HttpUriRequestBase request, ClassicHttpResponse response) throws IOException {
        try {
            return new Answer(
                    uriOf(request),
                    response.getCode(),
                    headersOf(response),
                    bodyOf(response),
                    clock.instant(),
                    secrets);
        } catch (BoundedBody.BodyTooLargeException e) {
            // Closing the stream would read the rest of it; cancelling drops the connection.
            request.cancel();
            throw e;
        } catch (MessageConstraintException e) {
            request.cancel();
            throw new IOException(
                    "what stands between or behind the chunks of the body is larger than is read (" + e.getMessage()
                            + ")",
                    e);
        }
    }

    private Body bodyOf(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        return entity == null ? new Body(new byte[0], 0) : body.read(entity.getContent());
    }

    private static URI uriOf(HttpUriRequestBase request) throws IOException {
        try {
            return request.getUri();
        } catch (java.net.URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private static Map<String, String> headersOf(ClassicHttpResponse response) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : response.getHeaders()) {
            headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        return headers;
    }

    /** A line of the head (the status line and the headers) is longer than is read, or there are more of them. */
    static final class HeadTooLargeException extends IOException {

        private static final long serialVersionUID = 1L;

        HeadTooLargeException(MessageConstraintException cause) {
            super(
                    "The head of the answer is larger than is read (" + cause.getMessage()
                            + "); look at what stands between this process and the service",
                    cause);
        }

        /** MSAL4J makes its own message of this, which a user reads. */
        @Override
        public String toString() {
            return String.valueOf(getMessage());
        }
    }

    /** The whole answer was not there in time. */
    static final class DeadlineException extends InterruptedIOException {

        private static final long serialVersionUID = 1L;

        DeadlineException(Duration deadline, @Nullable Throwable cause) {
            super("no whole answer within " + deadline.toMillis() + " ms (option requestTimeout)");
            initCause(cause);
        }
    }
}
