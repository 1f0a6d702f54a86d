package io.github.cameldataverse.changes.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExchangeCommitTest {

    private final Deque<Throwable> failures = new ArrayDeque<>();
    private final ExchangeCommit commit = new ExchangeCommit("the change a@1", call -> {
        Throwable failure = failures.poll();
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    });

    @Test
    void aCommitThatEndedWithAnErrorIsNoCommit() {
        failures.add(new StackOverflowError("of the test"));

        assertThat(commit.isCommitted()).isFalse();
        assertThatThrownBy(commit::commit).isInstanceOf(StackOverflowError.class);
        assertThat(commit.isCommitted()).isFalse();
        commit.commit();
        assertThat(commit.isCommitted()).isTrue();
    }

    @Test
    void theLastCallCounts() {
        IllegalStateException failure = new IllegalStateException("of the test");
        failures.addAll(List.of(failure));

        assertThatThrownBy(commit::commit).isSameAs(failure);
        assertThat(commit.isCommitted()).isFalse();
        assertThat(commit.failure()).contains(failure);
        commit.commit();
        assertThat(commit.isCommitted()).isTrue();
        assertThat(commit.failure()).isEmpty();
    }
}
