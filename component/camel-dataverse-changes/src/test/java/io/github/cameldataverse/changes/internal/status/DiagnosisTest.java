package io.github.cameldataverse.changes.internal.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.api.FullLoadRefusedException;
import io.github.cameldataverse.changes.api.NotAcceptedException;
import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.checkpoint.TokenUnusableException;
import io.github.cameldataverse.changes.internal.delivery.ChangeExchange;
import io.github.cameldataverse.changes.internal.delivery.DeliveryListener;
import io.github.cameldataverse.changes.internal.delivery.ExchangeSender;
import io.github.cameldataverse.changes.internal.delivery.PageDelivery;
import io.github.cameldataverse.changes.internal.status.ReaderStatus.Word;
import io.github.cameldataverse.changes.option.OnTokenExpired;
import io.github.cameldataverse.changes.token.TokenStoreException;
import io.github.cameldataverse.changes.token.TokenUnreadableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DiagnosisTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant SLOWLY = NOW.plus(Duration.ofMinutes(10));

    private static final String RELOAD = "Send anything to dataverse-changes:account?operation=resync";

    private final Diagnosis diagnosis = new Diagnosis(Duration.ofMinutes(1), OnTokenExpired.FAIL, RELOAD);

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        new ServiceFault.Throttled("wait", 429, NOW.plusSeconds(7)),
                        Word.THROTTLED,
                        NOW.plusSeconds(7)),
                Arguments.of(new ServiceFault.TokenExpired("expired", 400), Word.EXPIRED, SLOWLY),
                Arguments.of(new ServiceFault.Transient("cut", 503, null), Word.FAULTED, null),
                Arguments.of(new ServiceFault.Transient("cut", 0, null), Word.FAULTED, null),
                Arguments.of(new ServiceFault.Unauthorized("secret", 401, null), Word.FAULTED, SLOWLY),
                Arguments.of(new ServiceFault.Forbidden("role", 403), Word.FAULTED, SLOWLY),
                Arguments.of(new ServiceFault.Permanent("table", 404), Word.FAULTED, SLOWLY),
                Arguments.of(new TokenStoreException("disk"), Word.STORE_LOST, null),
                Arguments.of(new TokenUnreadableException("torn"), Word.FAULTED, SLOWLY),
                Arguments.of(new TokenUnusableException("other columns"), Word.FAULTED, SLOWLY),
                Arguments.of(new FullLoadRefusedException("too large"), Word.FAULTED, SLOWLY),
                Arguments.of(new IllegalStateException("surprise"), Word.FAULTED, null));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatWaitsForAPersonIsToldInOneSentence(Exception failure, Word word, Instant until) {
        assertThat(Diagnosis.explains(failure)).isEqualTo(!(failure instanceof IllegalStateException));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void everyFailureHasItsWordAndItsMoment(Exception failure, Word word, Instant until) {
        ReaderStatus standing = diagnosis.of(failure, NOW);

        assertThat(standing.word()).isEqualTo(word);
        assertThat(standing.until()).isEqualTo(until);
        assertThat(standing.sentence()).startsWith(failure.getMessage());
        assertThat(standing.httpStatus())
                .isEqualTo(failure instanceof ServiceFault fault ? fault.getHttpResponseCode() : 0);
        assertThat(standing.isHealthy()).isEqualTo(word == Word.THROTTLED);
    }

    @Test
    void whatAReloadMendsIsToldWithTheCommandForIt() {
        assertThat(diagnosis
                        .of(new ServiceFault.TokenExpired("expired", 400), NOW)
                        .sentence())
                .isEqualTo("expired. " + RELOAD + ", or set onTokenExpired=resync");
        assertThat(new Diagnosis(Duration.ofMinutes(1), OnTokenExpired.RESYNC, RELOAD)
                        .of(new ServiceFault.TokenExpired("expired", 400), NOW)
                        .sentence())
                .isEqualTo("expired. " + RELOAD);
        assertThat(diagnosis.of(new TokenUnreadableException("torn."), NOW).sentence())
                .endsWith(". " + RELOAD)
                .doesNotContain("..");
        assertThat(diagnosis.of(new ServiceFault.Permanent("table", 404), NOW).sentence())
                .isEqualTo("table");
    }

    @Test
    void aRouteThatRefusesAChangeIsAskedAgainAtTheNextPoll() {
        ReaderStatus standing = diagnosis.of(refusal(), NOW);

        assertThat(standing.word()).isEqualTo(Word.POISONED);
        assertThat(standing.until()).isNull();
        assertThat(standing.sentence())
                .startsWith("The route did not accept the change x@1 (IllegalStateException)")
                .doesNotContain("content of a row");
        assertThat(standing.isHealthy()).isFalse();
    }

    @Test
    void aFailureWithoutAWordIsNamedByItsType() {
        assertThat(diagnosis.of(new NullPointerException(), NOW).sentence())
                .isEqualTo("java.lang.NullPointerException");
    }

    @ParameterizedTest
    @CsvSource({
        "PT1S, PT10S",
        "PT1M, PT10M",
        "PT1M30S, PT15M",
        "PT5M, PT15M",
        "PT15M, PT15M",
        "PT1H, PT1H",
        "P100D, P100D"
    })
    void whatHasToBeCorrectedByHandIsTriedAtATenthOfThePaceWithinReason(Duration delay, Duration reprobe) {
        ReaderStatus standing =
                new Diagnosis(delay, OnTokenExpired.FAIL, RELOAD).of(new ServiceFault.Forbidden("role", 403), NOW);

        assertThat(standing.until()).isEqualTo(NOW.plus(reprobe));
    }

    @Test
    void nothingIsAskedBeforeTheMoment() {
        ReaderStatus standing = diagnosis.of(new ServiceFault.Throttled("wait", 429, NOW.plusSeconds(7)), NOW);

        assertThat(standing.mayAsk(NOW.plusSeconds(6))).isFalse();
        assertThat(standing.mayAsk(NOW.plusSeconds(7))).isTrue();
        assertThat(ReaderStatus.UP.mayAsk(Instant.MIN)).isTrue();
        assertThat(ReaderStatus.STARTING.mayAsk(Instant.MIN)).isTrue();
    }

    @Test
    @ProvesFault("T1")
    void aClockThatIsSetBackProlongsNoWait() {
        ReaderStatus throttled = diagnosis.of(new ServiceFault.Throttled("wait", 429, NOW.plusSeconds(7)), NOW);
        ReaderStatus latched = diagnosis.of(new ServiceFault.Forbidden("role", 403), NOW);

        assertThat(throttled.mayAsk(NOW)).isFalse();
        assertThat(throttled.mayAsk(NOW.minus(Duration.ofHours(5)))).isTrue();
        assertThat(latched.mayAsk(NOW)).isFalse();
        assertThat(latched.mayAsk(NOW.minus(Duration.ofHours(5)))).isTrue();
    }

    @Test
    @ProvesFault("T1")
    void aClockThatIsSetForwardEndsTheWait() {
        ReaderStatus throttled = diagnosis.of(new ServiceFault.Throttled("wait", 429, NOW.plusSeconds(7)), NOW);

        assertThat(throttled.mayAsk(NOW.plus(Duration.ofHours(5)))).isTrue();
    }

    @Test
    void aConsumerIsHealthyOnceAPageIsIn() {
        assertThat(ReaderStatus.STARTING.isHealthy()).isFalse();
        assertThat(ReaderStatus.UP.isHealthy()).isTrue();
    }

    private static NotAcceptedException refusal() {
        return Assertions.catchThrowableOfType(
                NotAcceptedException.class, () -> new PageDelivery(new Refusing(), PageDelivery.OnFailure.STOP)
                        .deliver(List.of(new One()), new Refusing()));
    }

    private static final class One implements ChangeExchange {

        @Override
        public void fill(Exchange exchange) {}

        @Override
        public Map<String, String> delivered() {
            return Map.of();
        }

        @Override
        public String name() {
            return "the change x@1";
        }
    }

    private static final class Refusing implements ExchangeSender, DeliveryListener {

        @Override
        public boolean mayGoOn() {
            return true;
        }

        @Override
        public Exchange newExchange() {
            return new DefaultExchange(new DefaultCamelContext());
        }

        @Override
        public void send(ChangeExchange change, Exchange exchange) {
            exchange.setException(new IllegalStateException("content of a row"));
        }

        @Override
        public void release(Exchange exchange) {}

        @Override
        public void accepted(ChangeExchange change) {}

        @Override
        public void passedOver(ChangeExchange change, Throwable failure) {}

        @Override
        public void failedBehindItsCommit(ChangeExchange change, Throwable failure) {}

        @Override
        public void skipped(ChangeExchange change) {}
    }
}
