package io.github.cameldataverse.changes.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.harness.SimulatedTime;
import io.github.cameldataverse.changes.internal.http.clock.ServiceClock;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Checkpoint.Organization;
import io.github.cameldataverse.changes.token.Phase;
import io.github.cameldataverse.changes.token.SubscriptionId;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscriptionNamesTest {

    private static final String ID = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";
    private static final Organization BEFORE = new Organization(ID, "https://contoso.crm4.dynamics.com", 5);
    private static final Instant NOW = Instant.parse("2026-11-01T08:00:00Z");
    private static final SubscriptionId RENAMED =
            new SubscriptionId("https://contoso-europe.crm4.dynamics.com", "account", "default");

    private final MemoryDeltaTokenRepository repository = new MemoryDeltaTokenRepository();
    private final ServiceClock clock =
            new ServiceClock(RENAMED.origin(), SimulatedTime.of(Clock.fixed(NOW, ZoneOffset.UTC)));

    private static Checkpoint at(String roundLink, String pageLink) {
        return new Checkpoint(7, 3, Phase.DELTA, roundLink, pageLink, 1, 2, NOW, "", BEFORE);
    }

    @ParameterizedTest
    @CsvSource({
        "https://contoso.crm4.dynamics.com/api/data/v9.2/accounts?$deltatoken=1%2F2%2f3, https://contoso-europe.crm4.dynamics.com/api/data/v9.2/accounts?$deltatoken=1%2F2%2f3",
        "HTTPS://Contoso.CRM4.dynamics.com:443/api/data/v9.2/accounts?a=b?c/d, https://contoso-europe.crm4.dynamics.com/api/data/v9.2/accounts?a=b?c/d",
        "https://contoso.crm4.dynamics.com?$deltatoken=1, https://contoso-europe.crm4.dynamics.com?$deltatoken=1",
        "https://contoso.crm4.dynamics.com:8443/api/data/v9.2/accounts, https://contoso.crm4.dynamics.com:8443/api/data/v9.2/accounts",
        "http://contoso.crm4.dynamics.com/api/data/v9.2/accounts, http://contoso.crm4.dynamics.com/api/data/v9.2/accounts",
        "https://contoso.crm4.dynamics.com.example/api/data/v9.2/accounts, https://contoso.crm4.dynamics.com.example/api/data/v9.2/accounts",
        "https://gateway.example/api/data/v9.2/accounts, https://gateway.example/api/data/v9.2/accounts",
        "/api/data/v9.2/accounts, /api/data/v9.2/accounts",
        "919042!08/22/2017 08:10:44, 919042!08/22/2017 08:10:44"
    })
    void onlyTheAddressOfTheOrganizationIsExchangedInALink(String before, String behind) {
        SubscriptionNames names = new SubscriptionNames(repository, RENAMED, Optional.of(ID), clock);
        Checkpoint moved = names.atThisAddress(at(before, before));
        assertThat(moved.roundLink()).isEqualTo(behind);
        assertThat(moved.pageLink()).isEqualTo(behind);
        assertThat(moved.organization()).isEqualTo(new Organization(ID, RENAMED.origin(), 5));
        assertThat(moved.revision()).isEqualTo(7);
    }

    @Test
    void whereNoIdWasEverToldNothingIsWrittenOfTheOrganization() throws Exception {
        SubscriptionNames names = new SubscriptionNames(repository, RENAMED, Optional.empty(), clock);
        Checkpoint first = Checkpoint.first(Phase.INITIAL, NOW, "");
        assertThat(names.key()).isEqualTo(RENAMED);
        assertThat(names.atThisAddress(first)).isEqualTo(first);
        names.settle();
        names.rememberAnew();
        assertThat(repository.load(RENAMED)).isEmpty();
    }
}
