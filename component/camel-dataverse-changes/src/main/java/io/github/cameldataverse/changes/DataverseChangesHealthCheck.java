package io.github.cameldataverse.changes;

import io.github.cameldataverse.changes.internal.checkpoint.TokenLife;
import io.github.cameldataverse.changes.internal.status.ReaderStatus;
import io.github.cameldataverse.changes.token.Checkpoint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckRepository;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Health of one consumer, in Camel's health registry by its own name while the consumer runs: what gathers the checks of all
 * consumers in one, as MicroProfile Health does, shows the first that is down, and nothing of those that are up. Camel's own check for polling
 * consumers turns green as soon as a poll returns, also one that only waited; this one says what the consumer waits for.
 */
final class DataverseChangesHealthCheck extends AbstractHealthCheck {

    private final DataverseChangesConsumer consumer;

    DataverseChangesHealthCheck(DataverseChangesConsumer consumer) {
        super("camel", "consumer:" + consumer.getRouteId());
        this.consumer = consumer;
    }

    /** Shows the check by its own name, unless the checks of consumers are switched off. */
    void register() {
        registry().ifPresent(registry -> registry.register(this));
    }

    void unregister() {
        registry().ifPresent(registry -> registry.unregister(this));
    }

    private Optional<HealthCheckRegistry> registry() {
        return Optional.ofNullable(
                        HealthCheckRegistry.get(consumer.getEndpoint().getCamelContext()))
                .filter(HealthCheckRegistry::isEnabled)
                .filter(registry -> registry.getRepository("consumers")
                        .filter(HealthCheckRepository::isEnabled)
                        .isPresent());
    }

    /** A reader that is down is not mended by a new process. */
    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        ReaderStatus status = consumer.status();
        builder.detail("state", status.word().name());
        builder.detail("subscription", consumer.subscription().toString());
        addReason(builder, status);
        consumer.exchangeAge().ifPresent(age -> builder.detail("exchange.age.seconds", age.toSeconds()));
        consumer.checkpoint().ifPresent(checkpoint -> addCheckpoint(builder, checkpoint));
        consumer.tokenLife().ifPresent(life -> addLife(builder, life, consumer.serviceTime()));
        List<String> dropped = consumer.droppedColumns();
        if (!dropped.isEmpty()) {
            builder.detail("columns.dropped", String.join(",", dropped));
        }
        if (status.isHealthy()) {
            builder.up();
        } else {
            builder.message(status.word() + ": " + status.sentence());
            builder.down();
        }
    }

    private static void addReason(HealthCheckResultBuilder builder, ReaderStatus status) {
        if (!status.sentence().isEmpty()) {
            builder.detail("reason", status.sentence());
        }
        if (status.until() != null) {
            builder.detail("until", status.until().toString());
        }
        if (status.httpStatus() > 0) {
            builder.detail(HTTP_RESPONSE_CODE, status.httpStatus());
        }
    }

    private static void addLife(HealthCheckResultBuilder builder, TokenLife life, Instant now) {
        builder.detail("token.age.seconds", life.age(now).toSeconds());
        if (life.kept() != null) {
            builder.detail("token.kept.days", life.kept().toDays());
            builder.detail("token.expires", String.valueOf(life.expires()));
        }
        if (life.isNearlyOver(now)) {
            String what = life.isOver(now) ? "the table has to be read again: " : "DOWN soon: ";
            builder.detail("token.warning", what + life.words(now));
        }
    }

    private static void addCheckpoint(HealthCheckResultBuilder builder, Checkpoint checkpoint) {
        builder.detail("phase", checkpoint.phase().name());
        builder.detail("round", checkpoint.round());
        builder.detail("page", checkpoint.pages() + 1);
        builder.detail("link.obtained", checkpoint.obtained().toString());
    }
}
