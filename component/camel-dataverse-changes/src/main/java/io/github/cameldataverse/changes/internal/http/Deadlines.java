package io.github.cameldataverse.changes.internal.http;

import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/** The threads that end requests which take too long. */
public final class Deadlines {

    /** The second one in case that the first is held up by a connection that does not close. */
    private static final int THREADS = 2;

    private Deadlines() {}

    /**
     * A pool that takes the deadline of any number of requests, whatever the default profile of the context says, and refuses one
     * that it cannot take: a request without a deadline may never end.
     *
     * @param source whom the pool belongs to; Camel shows it, so it must be no text that a user has written
     */
    public static ScheduledExecutorService pool(CamelContext context, Object source) {
        return context.getExecutorServiceManager()
                .newScheduledThreadPool(
                        source,
                        "DataverseDeadline",
                        new ThreadPoolProfileBuilder("DataverseDeadline")
                                .poolSize(THREADS)
                                .maxPoolSize(THREADS)
                                .maxQueueSize(-1)
                                .rejectedPolicy(ThreadPoolRejectedPolicy.Abort)
                                .build());
    }
}
