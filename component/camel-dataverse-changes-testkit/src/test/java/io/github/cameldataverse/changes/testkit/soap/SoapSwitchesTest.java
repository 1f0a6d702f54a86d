package io.github.cameldataverse.changes.testkit.soap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.testkit.harness.SimulatorTest;
import io.github.cameldataverse.changes.testkit.harness.SoapCall;
import io.github.cameldataverse.changes.testkit.harness.SoapReply;
import io.github.cameldataverse.changes.testkit.harness.WireReference;
import io.github.cameldataverse.changes.testkit.switches.CallerRights;
import io.github.cameldataverse.changes.testkit.switches.DeltaTokenExpiry;
import io.github.cameldataverse.changes.testkit.switches.EmptyDelta;
import io.github.cameldataverse.changes.testkit.switches.MalformedToken;
import io.github.cameldataverse.changes.testkit.switches.SoapPrefixes;
import io.github.cameldataverse.changes.testkit.switches.UntrackedTable;
import io.github.cameldataverse.changes.testkit.switches.Watermark;
import io.github.cameldataverse.changes.testkit.table.TableSchema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The switches, seen from the Organization Service. */
class SoapSwitchesTest extends SimulatorTest {
    @ParameterizedTest
    @EnumSource(SoapPrefixes.class)
    void anAnswerSaysTheSameWhateverItsPrefixes(SoapPrefixes how) {
        createAccounts(2);
        String token = call().send().dataToken().orElseThrow();
        String id = accounts().ids().get(0);
        accounts().delete(id);
        accounts().update(accounts().ids().get(0), Map.of("name", "Changed", "creditonhold", true));
        SIMULATOR.switches().soapPrefixes(how);
        SoapReply delta = SoapCall.of(SIMULATOR, "account").since(token).send();
        assertThat(delta.ids()).containsExactly(accounts().ids().get(0), id);
        assertThat(SoapValuesTest.texts(delta.items().get(0)))
                .containsEntry("name", "Changed")
                .containsEntry("creditonhold", "true");
        assertThat(SoapReply.attributes(delta.items().get(0)).values())
                .allSatisfy(value ->
                        assertThat(SoapReply.type(value).getNamespaceURI()).startsWith("http"));
        assertThat(delta.dataToken()).isPresent();
        assertThat(delta.body().contains("<a:Results"))
                .isEqualTo(how == SoapPrefixes.USUAL || how == SoapPrefixes.SHADOWING);
        assertThat(call().since("yesterday").send().errorCode()).isEqualTo(-2147220989);
    }

    @Test
    void eachWayOfPrefixesIsAnotherText() {
        assertThat(List.of(SoapPrefixes.values()))
                .extracting(how -> {
                    SIMULATOR.switches().soapPrefixes(how);
                    return call().send()
                            .body()
                            .lines()
                            .findFirst()
                            .orElseThrow()
                            .substring(0, 200);
                })
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(MalformedToken.class)
    void aMalformedTokenIsRefusedAsIsSet(MalformedToken how) {
        SIMULATOR.switches().malformedToken(how);
        SoapReply reply = call().since("yesterday").send();
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.errorCode()).isEqualTo((int) Long.parseLong(how.code().substring(2), 16));
    }

    @Test
    @WireReference("current-28")
    void aTableThatIsNotTrackedIsRefusedOrHasNoDataToken() {
        SIMULATOR.simulator().define(TableSchema.named("new_still").tracked(false));
        SoapCall still = SoapCall.of(SIMULATOR, "new_still");
        assertThat(still.send().errorCode()).isEqualTo(-2147015535);
        SIMULATOR.switches().notTracked(UntrackedTable.NO_DELTA_LINK);
        assertThat(still.send().dataToken()).isEmpty();
    }

    @Test
    void anEmptyDeltaHasAnEmptyListOrNone() {
        String token = call().send().dataToken().orElseThrow();
        assertThat(changes(call().since(token).send())).contains("");
        SIMULATOR.switches().emptyDelta(EmptyDelta.EMPTY_OBJECT);
        SoapReply absent = call().since(token).send();
        assertThat(changes(absent)).isEmpty();
        assertThat(absent.dataToken()).isPresent();
    }

    @ParameterizedTest
    @EnumSource(value = CallerRights.class, names = "ORGANIZATION_READ", mode = EnumSource.Mode.EXCLUDE)
    void whoMayNotReadTheWholeTableIsRefused(CallerRights rights) {
        SIMULATOR.switches().caller(rights);
        assertThat(call().send().errorCode()).isEqualTo(-2147220960);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 429})
    void whatExceedsTheLimitOfBothServicesTogetherIsThrottled(int status) {
        SIMULATOR.clock().freeze(SIMULATOR.clock().instant());
        SIMULATOR.switches().requestLimit(2, Duration.ofMinutes(5)).soapThrottledStatus(status);
        assertThat(client().get("accounts").status()).isEqualTo(200);
        assertThat(call().send().status()).isEqualTo(200);
        SoapReply refused = call().send();
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.errorCode()).isEqualTo(-2147015902);
        assertThat(refused.body()).contains(">PT5M</");
        assertThat(client().get("accounts").status()).isEqualTo(429);
        assertThat(client().get("accounts").header("Retry-After")).isEqualTo("300");
    }

    @Test
    void pagesAreNoLongerThanIsSet() {
        createAccounts(3);
        SIMULATOR.switches().maxRowsPerPage(2);
        assertThat(call().round()).extracting(page -> page.items().size()).containsExactly(2, 1);
        assertThat(call().count(0).send().items()).hasSize(2);
    }

    @Test
    void aRowCanBeRepeatedOnTheNextPage() {
        createAccounts(3);
        SIMULATOR.switches().rowRepeatedAcrossPages(true);
        List<SoapReply> pages = call().count(2).round();
        assertThat(pages.get(1).ids()).startsWith(pages.get(0).ids().get(1));
    }

    @Test
    void theTombstoneOfARowThatCameBackCanBeListedAfterIt() {
        createAccounts(1);
        String token = call().send().dataToken().orElseThrow();
        String id = accounts().ids().get(0);
        accounts().delete(id);
        accounts().restore(id);
        SIMULATOR.switches().tombstoneAfterReturn(false);
        assertThat(call().since(token).send().ids()).containsExactly(id);
        SIMULATOR.switches().tombstoneAfterReturn(true);
        assertThat(call().since(token).send().ids()).containsExactly(id, id);
    }

    @Test
    void aWatermarkReadAtTheLastPageLosesWhatWasWrittenInBetween() {
        createAccounts(2);
        SIMULATOR.switches().watermark(Watermark.LAST_PAGE);
        SoapReply first = call().count(1).send();
        createAccounts(1);
        SoapReply last = call().page(2, first.pagingCookie().orElseThrow()).send();
        assertThat(last.ids()).containsExactly(accounts().ids().get(1));
        assertThat(call().since(last.dataToken().orElseThrow()).send().items()).isEmpty();
    }

    @Test
    void theTokenOfAQuietTableCanLiveOn() {
        createAccounts(1);
        String token = call().send().dataToken().orElseThrow();
        SIMULATOR.clock().advance(Duration.ofDays(8));
        SIMULATOR.switches().expiry(DeltaTokenExpiry.ONLY_IF_CHANGES_OLDER);
        assertThat(call().since(token).send().status()).isEqualTo(200);
    }

    private static Optional<String> changes(SoapReply reply) {
        return SoapReply.value(reply.the(SoapReply.CHANGES, "Changes"));
    }

    private static SoapCall call() {
        return SoapCall.of(SIMULATOR, "account", "name");
    }
}
