package io.github.cameldataverse.changes.internal.round;

import static io.github.cameldataverse.changes.internal.round.RefusedLinks.Verdict.DOUBTFUL;
import static io.github.cameldataverse.changes.internal.round.RefusedLinks.Verdict.GOOD;
import static io.github.cameldataverse.changes.internal.round.RefusedLinks.Verdict.LOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.round.RefusedLinks.Verdict;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Phase;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedLinksTest {

    private static final Checkpoint START = Checkpoint.first(Phase.INITIAL, Instant.EPOCH, "f");
    private static final Checkpoint HERE = START.nextPage("link", 2);
    private static final String UNKNOWN = "0x80060888";

    private final RefusedLinks links = new RefusedLinks(ChangeTrackingApi.WEB_API);
    private final RefusedLinks soap = new RefusedLinks(ChangeTrackingApi.ORGANIZATION_SERVICE);

    @Test
    @ProvesFault("P6")
    void aTokenThatTheServiceNoLongerKnowsIsLostAtOnce() {
        assertThat(links.verdict(HERE, new ServiceFault.TokenExpired("gone", 400)))
                .isEqualTo(LOST);
    }

    @Test
    @ProvesFault("T3")
    void aTokenThatWasNotAskedWithIsNotTheLinks() {
        assertThat(links.verdict(HERE, new ServiceFault.TokenExpired("too old", 0)))
                .isEqualTo(GOOD);
    }

    @Test
    @ProvesFault("P6")
    void theThirdOfThreeEqualRefusalsIsEnough() {
        assertThat(links.verdict(HERE, refusal(400, UNKNOWN))).isEqualTo(DOUBTFUL);
        assertThat(links.verdict(HERE, refusal(400, UNKNOWN))).isEqualTo(DOUBTFUL);
        assertThat(links.verdict(HERE, refusal(400, UNKNOWN))).isEqualTo(LOST);
        assertThat(links.verdict(HERE, refusal(400, UNKNOWN)))
                .as("the count begins anew")
                .isEqualTo(DOUBTFUL);
    }

    @Test
    @ProvesFault("P6")
    void anotherStatusOrCodeBeginsTheCountAnew() {
        links.verdict(HERE, refusal(400, UNKNOWN));
        links.verdict(HERE, refusal(400, UNKNOWN));

        assertThat(links.verdict(HERE, refusal(404, UNKNOWN))).isEqualTo(DOUBTFUL);
        assertThat(links.verdict(HERE, refusal(404, "0x80061234"))).isEqualTo(DOUBTFUL);
        assertThat(links.verdict(HERE, refusal(404, "0x80061234"))).isEqualTo(DOUBTFUL);
    }

    /** Another reader has moved the token, or the store was put back: what was counted says nothing there. */
    @Test
    @ProvesFault({"P6", "X1"})
    void atAnotherCheckpointTheCountBeginsAnew() {
        links.verdict(HERE, refusal(400, UNKNOWN));
        links.verdict(HERE, refusal(400, UNKNOWN));
        Checkpoint sameLinkOfAnotherRevision = START.nextPage("other", 2).nextPage("link", 2);

        assertThat(links.verdict(sameLinkOfAnotherRevision, refusal(400, UNKNOWN)))
                .isEqualTo(DOUBTFUL);
        assertThat(links.verdict(HERE, refusal(400, UNKNOWN))).isEqualTo(DOUBTFUL);
    }

    @Test
    @ProvesFault("P6")
    void aPageThatCameBeginsTheCountAnew() {
        links.verdict(HERE, refusal(400, UNKNOWN));
        links.verdict(HERE, refusal(400, UNKNOWN));
        links.forget();

        assertThat(links.verdict(HERE, refusal(400, UNKNOWN))).isEqualTo(DOUBTFUL);
    }

    @Test
    @ProvesFault({"P6", "N8"})
    void whatIsNoRefusalBeginsTheCountAnew() {
        links.verdict(HERE, refusal(400, UNKNOWN));
        links.verdict(HERE, refusal(400, UNKNOWN));

        assertThat(links.verdict(HERE, refusal(400, ""))).isEqualTo(GOOD);
        assertThat(links.verdict(HERE, refusal(400, UNKNOWN))).isEqualTo(DOUBTFUL);
        assertThat(links.verdict(HERE, new ServiceFault.Throttled("wait", 429, Instant.EPOCH)))
                .isEqualTo(GOOD);
        assertThat(links.verdict(HERE, refusal(400, UNKNOWN))).isEqualTo(DOUBTFUL);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 200, 302, 401, 403, 500, 501, 503})
    @ProvesFault({"P6", "P2", "P3"})
    void noOtherStatusIsARefusalOfTheLink(int status) {
        assertThat(threeTimes(links, refusal(status, UNKNOWN))).isEqualTo(GOOD);
    }

    @Test
    @ProvesFault({"P6", "P2"})
    void overSoapTheCodeTellsBecauseTheStatusIsAlwaysTheSame() {
        assertThat(threeTimes(soap, new ServiceFault.Transient("m", 500, null).withErrorCode(UNKNOWN)))
                .isEqualTo(LOST);
        assertThat(threeTimes(soap, refusal(500, "0x80072491"))).isEqualTo(LOST);
        for (String passing : new String[] {"0x80040216", "0x80044150", "0x80044151", "0x8004A104", ""}) {
            assertThat(threeTimes(soap, new ServiceFault.Transient("m", 500, null).withErrorCode(passing)))
                    .isEqualTo(GOOD);
        }
        assertThat(threeTimes(links, new ServiceFault.Transient("m", 500, null).withErrorCode(UNKNOWN)))
                .isEqualTo(GOOD);
    }

    @Test
    @ProvesFault("P6")
    void theSentenceSaysWhatComesOfIt() {
        assertThat(DOUBTFUL.passing(HERE, refusal(400, UNKNOWN)))
                .hasMessage(
                        "The service refused the link of page 2 of round 1; it is asked for again, and after 3 such answers"
                                + " in a row the round starts again: m");
        assertThat(LOST.passing(HERE, refusal(400, UNKNOWN)))
                .hasMessage(
                        "The service refused the link of page 2 of round 1; the round starts again at the next poll, and"
                                + " pages delivered in it may repeat: m");
    }

    private static Verdict threeTimes(RefusedLinks links, ServiceFault fault) {
        links.forget();
        links.verdict(HERE, fault);
        links.verdict(HERE, fault);
        return links.verdict(HERE, fault);
    }

    private static ServiceFault refusal(int status, String code) {
        return new ServiceFault.Permanent("m", status).withErrorCode(code);
    }
}
