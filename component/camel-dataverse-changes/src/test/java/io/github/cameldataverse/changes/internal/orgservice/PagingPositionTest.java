package io.github.cameldataverse.changes.internal.orgservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Phase;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagingPositionTest {

    private static final String TOKEN = "2818090!11/05/2025 20:47:31";
    private static final String COOKIE = "<cookie page=\"1\"><accountid last=\"{0;=&%+ü}\" /></cookie>";
    private static final Checkpoint LOAD = Checkpoint.first(Phase.INITIAL, Instant.EPOCH, "f");

    @Test
    void aLoadStartsWithNothing() throws Exception {
        assertThat(PagingPosition.of(LOAD)).isEqualTo(new PagingPosition("", "", 1));
    }

    @Test
    void aPageOfALoadHasItsCookieAndItsNumber() throws Exception {
        Checkpoint second = LOAD.nextPage(PagingPosition.of(LOAD).next(COOKIE), 500);

        assertThat(PagingPosition.of(second)).isEqualTo(new PagingPosition("", COOKIE, 2));
        assertThat(PagingPosition.of(second.nextPage(PagingPosition.of(second).next("c"), 500)))
                .isEqualTo(new PagingPosition("", "c", 3));
    }

    @Test
    void aRoundHasItsTokenAndItsPagesKeepIt() throws Exception {
        Checkpoint round = LOAD.nextRound(PagingPosition.round(TOKEN), Instant.EPOCH);

        assertThat(PagingPosition.of(round)).isEqualTo(new PagingPosition(TOKEN, "", 1));
        Checkpoint second = round.nextPage(PagingPosition.of(round).next(COOKIE), 500);
        assertThat(PagingPosition.of(second)).isEqualTo(new PagingPosition(TOKEN, COOKIE, 2));
        assertThat(second.pageLink()).matches("[A-Za-z0-9:;=%._*-]+");
    }

    @Test
    void theSameCookieInARoundGivesTheSameTextAgain() throws Exception {
        Checkpoint second = LOAD.nextPage(PagingPosition.of(LOAD).next(COOKIE), 500);

        assertThat(PagingPosition.of(second).next(COOKIE)).isEqualTo(second.pageLink());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://good.example/api/data/v9.2/accounts?$deltatoken=1%2102%2f2022",
                "organizationService:",
                "organizationService:token=",
                "organizationService:token=%zz",
                "organizationService:cookie=c",
                "organizationService:token=1;cookie=c",
                "somethingElse:token=1"
            })
    void aLinkOfAnotherMakingIsRefused(String link) {
        assertRefused(LOAD.nextRound(link, Instant.EPOCH));
    }

    @Test
    void aPageOfAnotherRoundIsRefused() throws Exception {
        Checkpoint round = LOAD.nextRound(PagingPosition.round(TOKEN), Instant.EPOCH);

        assertRefused(round.nextPage(new PagingPosition("other", "", 1).next("c"), 1));
        assertRefused(round.nextPage(PagingPosition.of(LOAD).next("c"), 1));
        assertRefused(round.nextPage(PagingPosition.round(TOKEN), 1));
    }

    private static void assertRefused(Checkpoint checkpoint) {
        assertThatThrownBy(() -> PagingPosition.of(checkpoint))
                .isInstanceOf(ServiceFault.Permanent.class)
                .hasMessageContaining("was not obtained from the Organization Service")
                .hasMessageContaining("operation resync");
    }
}
