package io.github.cameldataverse.changes;

import io.github.cameldataverse.changes.internal.ReaderLog;
import io.github.cameldataverse.changes.internal.http.budget.RequestBudget;
import io.github.cameldataverse.changes.internal.http.clock.OwnClock;
import io.github.cameldataverse.changes.internal.status.ReaderStatus;
import io.github.cameldataverse.changes.internal.subscription.Subscription;
import io.github.cameldataverse.changes.token.Checkpoint;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.support.ScheduledPollConsumer;
import org.jspecify.annotations.Nullable;

/** What tests of other packages look at in the Camel beans, which are not for users and not public. */
public final class ConsumerAccess {

    /** The logger of the consumer. */
    public static final String LOGGER = ReaderLog.NAME;

    private ConsumerAccess() {}

    /** A consumer that is in no route, with a clock of the test's; it polls when the test says so. */
    public static ScheduledPollConsumer consumer(DataverseChangesEndpoint endpoint, Processor processor, Clock clock) {
        DataverseChangesConsumer consumer =
                new DataverseChangesConsumer(endpoint, processor, endpoint.subscription(), clock);
        consumer.setInitialDelay(Duration.ofDays(1).toMillis());
        return consumer;
    }

    /** Polls once, as the scheduler does; gives the number of exchanges. */
    public static int poll(Consumer consumer) throws Exception {
        return own(consumer).poll();
    }

    public static ReaderStatus status(Consumer consumer) {
        return own(consumer).status();
    }

    public static @Nullable Checkpoint checkpoint(Consumer consumer) {
        return own(consumer).checkpoint().orElse(null);
    }

    /** The budget of requests which the consumer shares with others of its application. */
    public static RequestBudget budget(Consumer consumer) {
        DataverseChangesEndpoint endpoint = (DataverseChangesEndpoint) consumer.getEndpoint();
        return endpoint.getComponent().budget(own(consumer).subscription());
    }

    /** Gives the machine another clock, for what starts from now on. */
    public static void ownClock(CamelContext context, OwnClock clock) {
        context.getComponent("dataverse-changes", DataverseChangesComponent.class)
                .setOwnClock(clock);
    }

    public static Subscription subscription(DataverseChangesEndpoint endpoint) {
        return endpoint.subscription();
    }

    private static DataverseChangesConsumer own(Consumer consumer) {
        return (DataverseChangesConsumer) consumer;
    }
}
