package io.github.cameldataverse.changes.testkit.tracking;

import static io.github.cameldataverse.changes.testkit.harness.WebApiClient.TRACK;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldataverse.changes.testkit.harness.SimulatorTest;
import io.github.cameldataverse.changes.testkit.harness.WebApiClient;
import io.github.cameldataverse.changes.testkit.harness.WireReference;
import io.github.cameldataverse.changes.testkit.switches.CallerRights;
import io.github.cameldataverse.changes.testkit.switches.DeltaTokenExpiry;
import io.github.cameldataverse.changes.testkit.switches.EmptyDelta;
import io.github.cameldataverse.changes.testkit.switches.HexCase;
import io.github.cameldataverse.changes.testkit.switches.LinkPosition;
import io.github.cameldataverse.changes.testkit.switches.MalformedToken;
import io.github.cameldataverse.changes.testkit.switches.UntrackedTable;
import io.github.cameldataverse.changes.testkit.switches.Watermark;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SwitchesTest extends SimulatorTest {
    private static final String LOAD = "accounts?$select=name";

    @ParameterizedTest
    @ValueSource(ints = {400, 410, 500})
    void anExpiredTokenHasTheStatusThatIsSet(int status) {
        URI delta = loaded();
        SIMULATOR.switches().expiredTokenStatus(status);
        SIMULATOR.clock().advance(Duration.ofDays(8));
        WebApiClient.Reply reply = WebApiClient.get(delta);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo("0x80044352");
    }

    @ParameterizedTest
    @EnumSource(MalformedToken.class)
    void aMalformedTokenIsRefusedAsIsSet(MalformedToken how) {
        SIMULATOR.switches().malformedToken(how);
        WebApiClient.Reply reply = client().get("accounts?$deltatoken=yesterday");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo(how.code());
    }

    @Test
    @WireReference({"current-2", "2021-1"})
    void aTableThatIsNotTrackedIsRefusedOrHasNoDeltaLink() {
        SIMULATOR.simulator().define(TableSchema.named("new_still").tracked(false));
        WebApiClient.Reply refused = client().get("new_stills", TRACK);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("0x80072491");
        assertThat(refused.message()).isEqualTo("Entity new_still isn't enabled for change tracking.");
        SIMULATOR.switches().notTracked(UntrackedTable.NO_DELTA_LINK);
        WebApiClient.Reply answered = client().get("new_stills", TRACK);
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
    @WireReference("current-24")
    void anEmptyDeltaIsAnEmptyObjectOrNoContentIfSet() {
        URI delta = loaded();
        SIMULATOR.switches().emptyDelta(EmptyDelta.EMPTY_OBJECT);
        assertThat(WebApiClient.get(delta).body()).isEqualTo("{}");
        SIMULATOR.switches().emptyDelta(EmptyDelta.NO_CONTENT);
        assertThat(WebApiClient.get(delta).status()).isEqualTo(204);
        createAccounts(1);
        assertThat(WebApiClient.get(delta).json().get("value")).hasSize(1);
    }

    @Test
    void linksStandWhereTheyAreSetToStand() {
        createAccounts(2);
        assertThat(names(client().get(LOAD, TRACK))).containsExactly("@odata.context", "@odata.deltaLink", "value");
        assertThat(names(client().get(LOAD, TRACK, "odata.maxpagesize=1")))
                .containsExactly("@odata.context", "value", "@odata.nextLink");
        SIMULATOR.switches().deltaLinkPlace(LinkPosition.AFTER_VALUE).nextLinkPlace(LinkPosition.BEFORE_VALUE);
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
        List<JsonNode> rows = WebApiClient.values(WebApiClient.pages(client().api(LOAD), TRACK, "odata.maxpagesize=2"));
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
        SIMULATOR.switches().tombstoneAfterReturn(false);
        assertThat(WebApiClient.get(delta).json().get("value")).hasSize(1);
        SIMULATOR.switches().tombstoneAfterReturn(true);
        JsonNode value = WebApiClient.get(delta).json().get("value");
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
                WebApiClient.pages(URI.create(first.get("@odata.nextLink").asText()));
        assertThat(WebApiClient.values(rest))
                .extracting(row -> row.get("name").asText())
                .doesNotContain("Changed");
        assertThat(WebApiClient.values(WebApiClient.pages(WebApiClient.deltaLink(rest))))
                .isEmpty();
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
        assertThat(WebApiClient.get(delta).json().at("/value/0/reason").asText())
                .isEqualTo("changed");
    }

    @Test
    void hexDigitsOfDeltaLinksAreUpperCaseIfSet() {
        assertThat(loaded().toString()).contains("%2f").doesNotContain("%2F");
        SIMULATOR.switches().hexCase(HexCase.UPPER);
        URI upper = loaded();
        assertThat(upper.toString()).contains("%2F").doesNotContain("%2f");
        assertThat(WebApiClient.get(upper).status()).isEqualTo(200);
    }

    @Test
    @WireReference("current-36")
    void anOldTokenOfAQuietTableLivesOnIfOnlyOldChangesExpireIt() {
        URI delta = loaded();
        SIMULATOR.switches().expiry(DeltaTokenExpiry.ONLY_IF_CHANGES_OLDER);
        SIMULATOR.clock().advance(Duration.ofDays(20));
        assertThat(WebApiClient.get(delta).status()).isEqualTo(200);
        createAccounts(1);
        assertThat(WebApiClient.get(delta).json().get("value")).hasSize(1);
        SIMULATOR.clock().advance(Duration.ofDays(8));
        assertThat(WebApiClient.get(delta).code()).isEqualTo("0x80044352");
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
        return WebApiClient.deltaLink(WebApiClient.pages(client().api(LOAD), TRACK));
    }

    private static List<String> names(WebApiClient.Reply reply) {
        return reply.json().properties().stream().map(Map.Entry::getKey).toList();
    }
}
