package io.github.cameldataverse.changes.testkit;

import static io.github.cameldataverse.changes.testkit.Client.TRACK;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldataverse.changes.testkit.model.TableDefinition;
import io.github.cameldataverse.changes.testkit.switches.CallerRights;
import io.github.cameldataverse.changes.testkit.switches.EmptyDelta;
import io.github.cameldataverse.changes.testkit.switches.Expiry;
import io.github.cameldataverse.changes.testkit.switches.HexCase;
import io.github.cameldataverse.changes.testkit.switches.LinkPlace;
import io.github.cameldataverse.changes.testkit.switches.MalformedToken;
import io.github.cameldataverse.changes.testkit.switches.NotTracked;
import io.github.cameldataverse.changes.testkit.switches.Watermark;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SwitchesTest extends Simulated {
    private static final String LOAD = "accounts?$select=name";

    @ParameterizedTest
    @ValueSource(ints = {400, 410, 500})
    void anExpiredTokenHasTheStatusThatIsSet(int status) {
        URI delta = loaded();
        SIMULATOR.switches().expiredTokenStatus(status);
        SIMULATOR.clock().advance(Duration.ofDays(8));
        Client.Reply reply = Client.get(delta);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo("0x80044352");
    }

    @ParameterizedTest
    @EnumSource(MalformedToken.class)
    void aMalformedTokenIsRefusedAsIsSet(MalformedToken how) {
        SIMULATOR.switches().malformedToken(how);
        Client.Reply reply = client().get("accounts?$deltatoken=yesterday");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo(how.code());
    }

    @Test
    @Spec({"current-2", "2021-1"})
    void aTableThatIsNotTrackedIsRefusedOrHasNoDeltaLink() {
        SIMULATOR.simulator().define(TableDefinition.named("new_still").tracked(false));
        Client.Reply refused = client().get("new_stills", TRACK);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("0x80072491");
        assertThat(refused.message()).isEqualTo("Entity new_still isn't enabled for change tracking.");
        SIMULATOR.switches().notTracked(NotTracked.NO_DELTA_LINK);
        Client.Reply answered = client().get("new_stills", TRACK);
        assertThat(answered.status()).isEqualTo(200);
        assertThat(answered.json().has("@odata.deltaLink")).isFalse();
        SIMULATOR.table("new_still").enableTracking();
        assertThat(client().get("new_stills", TRACK).json().has("@odata.deltaLink"))
                .isTrue();
    }

    @Test
    void theCodesOfForbiddenOptionsAndUnknownColumnsCanBeSet() {
        assertThat(client().get("accounts?$top=1", TRACK).code()).isEqualTo("0x0");
        assertThat(client().get("accounts?$select=nome", TRACK).code()).isEqualTo("0x0");
        SIMULATOR.switches().forbiddenOptionCode("0x80060888").unknownColumnCode("");
        assertThat(client().get("accounts?$top=1", TRACK).code()).isEqualTo("0x80060888");
        assertThat(client().get("accounts?$select=nome", TRACK).code()).isEmpty();
    }

    @Test
    @Spec("current-24")
    void anEmptyDeltaIsAnEmptyObjectOrNoContentIfSet() {
        URI delta = loaded();
        SIMULATOR.switches().emptyDelta(EmptyDelta.EMPTY_OBJECT);
        assertThat(Client.get(delta).body()).isEqualTo("{}");
        SIMULATOR.switches().emptyDelta(EmptyDelta.NO_CONTENT);
        assertThat(Client.get(delta).status()).isEqualTo(204);
        createAccounts(1);
        assertThat(Client.get(delta).json().get("value")).hasSize(1);
    }

    @Test
    void linksStandWhereTheyAreSetToStand() {
        createAccounts(2);
        assertThat(names(client().get(LOAD, TRACK))).containsExactly("@odata.context", "@odata.deltaLink", "value");
        assertThat(names(client().get(LOAD, TRACK, "odata.maxpagesize=1")))
                .containsExactly("@odata.context", "value", "@odata.nextLink");
        SIMULATOR.switches().deltaLinkPlace(LinkPlace.AFTER_VALUE).nextLinkPlace(LinkPlace.BEFORE_VALUE);
        assertThat(names(client().get(LOAD, TRACK))).containsExactly("@odata.context", "value", "@odata.deltaLink");
        assertThat(names(client().get(LOAD, TRACK, "odata.maxpagesize=1")))
                .containsExactly("@odata.context", "@odata.nextLink", "value");
    }

    @Test
    void theDeltaLinkIsLostWithFormattedValuesOnlyWhenTheOldDefectIsOn() {
        String annotations = "odata.include-annotations=\"OData.Community.Display.V1.FormattedValue\"";
        assertThat(client().get(LOAD, TRACK, annotations).json().has("@odata.deltaLink"))
                .isTrue();
        SIMULATOR.switches().deltaLinkLostWithAnnotations(true);
        assertThat(client().get(LOAD, TRACK, annotations).json().has("@odata.deltaLink"))
                .isFalse();
        assertThat(client().get(LOAD, TRACK).json().has("@odata.deltaLink")).isTrue();
    }

    @Test
    void aRowIsRepeatedAcrossPagesIfSet() {
        createAccounts(5);
        SIMULATOR.switches().rowRepeatedAcrossPages(true);
        List<JsonNode> rows = Client.values(Client.pages(client().api(LOAD), TRACK, "odata.maxpagesize=2"));
        assertThat(rows)
                .extracting(row -> row.get("name").asText())
                .containsExactly(
                        "Account 0", "Account 1", "Account 1", "Account 2", "Account 3", "Account 3", "Account 4");
    }

    @Test
    void theTombstoneOfARowThatCameBackIsListedAfterItIfSet() {
        String id = accounts().create(Map.of("name", "Phoenix"));
        URI delta = loaded();
        accounts().delete(id);
        accounts().restore(id);
        assertThat(Client.get(delta).json().get("value")).hasSize(1);
        SIMULATOR.switches().tombstoneAfterReturn(true);
        JsonNode value = Client.get(delta).json().get("value");
        assertThat(value).hasSize(2);
        assertThat(value.get(0).get("accountid").asText()).isEqualTo(id);
        assertThat(value.get(1).get("id").asText()).isEqualTo(id);
    }

    @Test
    void aMovingWatermarkLosesWhatChangesDuringALoad() {
        createAccounts(4);
        String changed = accounts().ids().get(0);
        SIMULATOR.switches().watermark(Watermark.LAST_PAGE);
        JsonNode first = client().get(LOAD, TRACK, "odata.maxpagesize=2").json();
        accounts().update(changed, Map.of("name", "Changed"));
        List<JsonNode> rest =
                Client.pages(URI.create(first.get("@odata.nextLink").asText()));
        assertThat(Client.values(rest))
                .extracting(row -> row.get("name").asText())
                .doesNotContain("Changed");
        assertThat(Client.values(Client.pages(Client.deltaLink(rest)))).isEmpty();
    }

    @Test
    void thePageHasAtMostTheRowsThatAreSet() {
        createAccounts(5);
        SIMULATOR.switches().maxRowsPerPage(3);
        assertThat(client().get(LOAD, TRACK, "odata.maxpagesize=5000").json().get("value"))
                .hasSize(3);
    }

    @Test
    void theReasonOfATombstoneIsWhatIsSet() {
        String id = accounts().create(Map.of("name", "Left"));
        URI delta = loaded();
        accounts().delete(id);
        SIMULATOR.switches().reason("changed");
        assertThat(Client.get(delta).json().at("/value/0/reason").asText()).isEqualTo("changed");
    }

    @Test
    void hexDigitsOfDeltaLinksAreUpperCaseIfSet() {
        assertThat(loaded().toString()).contains("%2f").doesNotContain("%2F");
        SIMULATOR.switches().hexCase(HexCase.UPPER);
        URI upper = loaded();
        assertThat(upper.toString()).contains("%2F").doesNotContain("%2f");
        assertThat(Client.get(upper).status()).isEqualTo(200);
    }

    @Test
    @Spec("current-36")
    void anOldTokenOfAQuietTableLivesOnIfOnlyOldChangesExpireIt() {
        URI delta = loaded();
        SIMULATOR.switches().expiry(Expiry.ONLY_IF_CHANGES_OLDER);
        SIMULATOR.clock().advance(Duration.ofDays(20));
        assertThat(Client.get(delta).status()).isEqualTo(200);
        createAccounts(1);
        assertThat(Client.get(delta).json().get("value")).hasSize(1);
        SIMULATOR.clock().advance(Duration.ofDays(8));
        assertThat(Client.get(delta).code()).isEqualTo("0x80044352");
    }

    @Test
    void aCallerWithoutRightsIsRefusedWithTheReason() {
        SIMULATOR.switches().caller(CallerRights.NO_READ);
        assertThat(client().get("accounts").status()).isEqualTo(403);
        assertThat(client().get("accounts").message()).contains("is missing prvReadAccount privilege");
        SIMULATOR.switches().caller(CallerRights.NOT_A_MEMBER);
        assertThat(client().get(LOAD, TRACK).message()).isEqualTo("The user is not a member of the organization.");
    }

    private static URI loaded() {
        return Client.deltaLink(Client.pages(client().api(LOAD), TRACK));
    }

    private static List<String> names(Client.Reply reply) {
        return reply.json().properties().stream().map(Map.Entry::getKey).toList();
    }
}
