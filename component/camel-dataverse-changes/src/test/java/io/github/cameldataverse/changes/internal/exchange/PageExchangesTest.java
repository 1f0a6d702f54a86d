package io.github.cameldataverse.changes.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.api.DataverseChangesConfiguration;
import io.github.cameldataverse.changes.change.Delete;
import io.github.cameldataverse.changes.change.Row;
import io.github.cameldataverse.changes.change.Upsert;
import io.github.cameldataverse.changes.change.Version;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.delivery.ChangeExchange;
import io.github.cameldataverse.changes.internal.delivery.PlannedChange;
import io.github.cameldataverse.changes.internal.source.Page;
import io.github.cameldataverse.changes.internal.source.TableDefinition;
import io.github.cameldataverse.changes.internal.subscription.Subscription;
import io.github.cameldataverse.changes.internal.subscription.SubscriptionOptions;
import io.github.cameldataverse.changes.option.BodyType;
import io.github.cameldataverse.changes.option.ExchangePer;
import io.github.cameldataverse.changes.token.Checkpoint;
import io.github.cameldataverse.changes.token.Phase;
import io.github.cameldataverse.changes.token.StoredToken;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PageExchangesTest {

    private static final String ID = "00000000-0000-0000-0000-000000000001";
    private static final Page.Next MORE = new Page.MorePages("link");
    private static final Page.Next END = new Page.RoundEnd("link");
    private static final PlannedChange UPSERT = new PlannedChange(
            new Upsert(ID, "W/\"42\"", new Version("42"), Row.of("{\"CamelFileName\":\"evil\",\"accountid\":\"x\"}")),
            "42");
    private static final PlannedChange DELETE =
            new PlannedChange(new Delete(ID, "changed", 7, 0, Row.of("{\"id\":\"x\"}")), "42 deleted");

    private final DataverseChangesConfiguration options = new DataverseChangesConfiguration();

    PageExchangesTest() {
        options.setOrganizationUrl("https://contoso.example");
        options.setAccessToken("token");
        options.setSubscription("billing");
    }

    @Test
    @ProvesFault("S8")
    void anUpsertHasTheseHeadersAndNoOthers() {
        Exchange exchange =
                filled(exchanges(token(Phase.DELTA, false), MORE, UPSERT).get(0));

        assertThat(exchange.getMessage().getHeaders())
                .isEqualTo(aged(Map.of(
                        "CamelDataverseChangesChangeType", "upsert",
                        "CamelDataverseChangesId", ID,
                        "CamelDataverseChangesVersion", 42L,
                        "CamelDataverseChangesETag", "W/\"42\"",
                        "CamelDataverseChangesKey", ID + "@42",
                        "CamelDataverseChangesTable", "account",
                        "CamelDataverseChangesEntitySet", "accounts",
                        "CamelDataverseChangesPhase", "delta",
                        "CamelDataverseChangesSubscription", "billing",
                        "CamelDataverseChangesRound", 7L)));
        assertThat(exchange.getMessage().getBody()).isEqualTo("{\"CamelFileName\":\"evil\",\"accountid\":\"x\"}");
    }

    @Test
    @ProvesFault({"P15", "S8"})
    void aDeleteHasTheseHeadersAndNoOthers() {
        Exchange exchange =
                filled(exchanges(token(Phase.DELTA, false), MORE, DELETE).get(0));

        assertThat(exchange.getMessage().getHeaders())
                .isEqualTo(aged(Map.of(
                        "CamelDataverseChangesChangeType", "delete",
                        "CamelDataverseChangesId", ID,
                        "CamelDataverseChangesReason", "changed",
                        "CamelDataverseChangesKey", ID + "!7",
                        "CamelDataverseChangesTable", "account",
                        "CamelDataverseChangesEntitySet", "accounts",
                        "CamelDataverseChangesPhase", "delta",
                        "CamelDataverseChangesSubscription", "billing",
                        "CamelDataverseChangesRound", 7L)));
        assertThat(exchange.getMessage().getBody()).isEqualTo("{\"id\":\"x\"}");
    }

    @Test
    @ProvesFault("D9")
    void anUpsertWithoutAnEtagHasNeitherEtagNorVersion() {
        PlannedChange without = new PlannedChange(new Upsert(ID, null, new Version("~abc"), Row.of("{}")), "~abc");

        Map<String, Object> headers = filled(
                        exchanges(token(Phase.DELTA, false), MORE, without).get(0))
                .getMessage()
                .getHeaders();

        assertThat(headers).doesNotContainKeys("CamelDataverseChangesETag", "CamelDataverseChangesVersion");
        assertThat(headers).containsEntry("CamelDataverseChangesKey", ID + "@~abc");
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void thePhaseIsTheOneOfTheRound(Phase phase) {
        exchanges(token(phase, false), MORE, UPSERT).forEach(change -> assertThat(
                        filled(change).getMessage().getHeaders())
                .containsEntry("CamelDataverseChangesPhase", phase.name().toLowerCase()));
    }

    @Test
    void whatIsRememberedIsTheStoryOfTheRecord() {
        List<ChangeExchange> exchanges = exchanges(token(Phase.DELTA, false), MORE, UPSERT, DELETE);

        assertThat(exchanges)
                .extracting(ChangeExchange::delivered)
                .containsExactly(Map.of(ID, "42"), Map.of(ID, "42 deleted"));
        assertThat(exchanges)
                .extracting(ChangeExchange::name)
                .containsExactly("the change " + ID + "@42", "the change " + ID + "!7");
    }

    @Test
    void nothingIsDeliveredOfALoadThatIsSkipped() {
        assertThat(exchanges(token(Phase.SKIP, true), MORE, UPSERT)).isEmpty();
        assertThat(exchanges(token(Phase.SKIP, false), END, UPSERT)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, resyncStarted upsert resyncCompleted",
        "true, false, resyncStarted upsert",
        "false, true, upsert resyncCompleted",
        "false, false, upsert"
    })
    void aReloadStandsBetweenTwoBrackets(boolean first, boolean last, String types) {
        List<ChangeExchange> exchanges = exchanges(token(Phase.RESYNC, first), last ? END : MORE, UPSERT);

        assertThat(exchanges)
                .extracting(change -> filled(change).getMessage().getHeader("CamelDataverseChangesChangeType"))
                .containsExactly((Object[]) types.split(" "));
    }

    @Test
    void aBracketIsNamedByItsRoundAndHasNoBody() {
        ChangeExchange started =
                exchanges(token(Phase.RESYNC, true), MORE, UPSERT).get(0);
        Exchange exchange = filled(started);

        assertThat(exchange.getMessage().getHeaders())
                .isEqualTo(Map.of(
                        "CamelDataverseChangesChangeType", "resyncStarted",
                        "CamelDataverseChangesKey", "resyncStarted!7",
                        "CamelDataverseChangesTable", "account",
                        "CamelDataverseChangesEntitySet", "accounts",
                        "CamelDataverseChangesPhase", "resync",
                        "CamelDataverseChangesSubscription", "billing",
                        "CamelDataverseChangesRevision", 9L,
                        "CamelDataverseChangesRound", 7L));
        assertThat(exchange.getMessage().getBody()).isNull();
        assertThat(started.name()).isEqualTo("resyncStarted of round 7");
    }

    @Test
    void aBracketThatWasAcceptedIsNotSentAgainWhenItsPageComesAgain() {
        List<ChangeExchange> exchanges = exchanges(token(Phase.RESYNC, true), END, UPSERT);
        Map<String, String> accepted = new HashMap<>();
        exchanges.forEach(change -> accepted.putAll(change.delivered()));

        StoredToken interrupted = new StoredToken(token(Phase.RESYNC, true).checkpoint(), accepted);

        assertThat(exchanges(interrupted, END)).isEmpty();
    }

    @Test
    void noOtherPhaseHasBrackets() {
        for (Phase phase : List.of(Phase.INITIAL, Phase.DELTA)) {
            assertThat(exchanges(token(phase, true), END, UPSERT)).hasSize(1);
        }
    }

    @Test
    void aPageIsOneExchangeWhereTheUserSaysSo() {
        options.setExchangePer(ExchangePer.PAGE);

        List<ChangeExchange> exchanges = exchanges(token(Phase.DELTA, true), END, UPSERT, DELETE);

        assertThat(exchanges).hasSize(1);
        Exchange exchange = filled(exchanges.get(0));
        assertThat(exchange.getProperty("CamelDataverseChangesChanges"))
                .isEqualTo(List.of(UPSERT.change(), DELETE.change()));
        assertThat(exchange.getMessage().getBody())
                .isEqualTo(List.of(
                        UPSERT.change().row().text(), DELETE.change().row().text()));
        assertThat(exchange.getMessage().getHeaders())
                .doesNotContainKeys("CamelDataverseChangesChangeType", "CamelDataverseChangesId");
        assertThat(exchanges.get(0).name()).isEqualTo("page 1 of round 7");
        assertThat(exchanges.get(0).delivered()).isEmpty();
        assertThat(exchanges(token(Phase.DELTA, true), END))
                .as("an empty page is no exchange")
                .isEmpty();
    }

    @Test
    void aPageThatIsFollowedByABracketIsRememberedUntilThen() {
        options.setExchangePer(ExchangePer.PAGE);

        List<ChangeExchange> exchanges = exchanges(token(Phase.RESYNC, false), END, UPSERT);

        assertThat(exchanges).hasSize(2);
        // If the bracket is refused, the page comes again; its changes must not.
        assertThat(exchanges.get(0).delivered()).isEqualTo(Map.of(ID, "42"));
    }

    @Test
    void aBodyIsAMapWhereTheUserSaysSo() {
        options.setBodyType(BodyType.MAP);

        assertThat(filled(exchanges(token(Phase.DELTA, false), MORE, UPSERT).get(0))
                        .getMessage()
                        .getBody())
                .isEqualTo(Map.of("CamelFileName", "evil", "accountid", "x"));
    }

    @Test
    void theKeyOfAPageNamesTheChangesInItAndNotItsPlace() {
        options.setExchangePer(ExchangePer.PAGE);

        String key = keyOf(token(Phase.DELTA, true), UPSERT, DELETE);

        assertThat(keyOf(token(Phase.DELTA, false), UPSERT, DELETE)).isEqualTo(key);
        assertThat(keyOf(token(Phase.DELTA, true), UPSERT)).isNotEqualTo(key);
        assertThat(keyOf(token(Phase.DELTA, true), DELETE, UPSERT)).isNotEqualTo(key);
    }

    private String keyOf(StoredToken token, PlannedChange... plan) {
        return filled(exchanges(token, MORE, plan).get(0))
                .getMessage()
                .getHeader("CamelDataverseChangesKey", String.class);
    }

    /** With the age of the token, 90 seconds. */
    private static Map<String, Object> aged(Map<String, Object> headers) {
        Map<String, Object> aged = new HashMap<>(headers);
        aged.put("CamelDataverseChangesRevision", 9L);
        aged.put("CamelDataverseChangesTokenAge", 90L);
        return aged;
    }

    private List<ChangeExchange> exchanges(StoredToken token, Page.Next next, PlannedChange... plan) {
        Subscription subscription = SubscriptionOptions.check("account", options, new MemoryDeltaTokenRepository());
        return new PageExchanges(
                        subscription,
                        new TableDefinition("account", "accounts", "accountid"),
                        Clock.fixed(Instant.EPOCH.plusSeconds(90), ZoneOffset.UTC))
                .of(token, List.of(plan), new Page(List.of(), next), Map.of());
    }

    private static StoredToken token(Phase phase, boolean first) {
        String link = phase == Phase.DELTA ? "delta" : null;
        return new StoredToken(
                new Checkpoint(9, 7, phase, link, first ? null : "page", first ? 0 : 3, 0, Instant.EPOCH, "f"),
                Map.of());
    }

    private static Exchange filled(ChangeExchange change) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        change.fill(exchange);
        return exchange;
    }
}
