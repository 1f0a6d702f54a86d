package io.github.cameldataverse.changes.testkit.tracking;

import static io.github.cameldataverse.changes.testkit.harness.WebApiClient.TRACK;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.SimulatorBuilder;
import io.github.cameldataverse.changes.testkit.demo.DemoOrganization;
import io.github.cameldataverse.changes.testkit.harness.WebApiClient;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationEvent;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;
import io.github.cameldataverse.changes.testkit.table.StandardTables;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A simulator that is started anew without its journal is another organization, and must not take the tokens of the first. */
class TokenOfOtherOrganizationTest {
    private static final String LOAD = "accounts?$select=name";

    @TempDir
    Path directory;

    @Test
    void aTokenOfTheOrganizationThatWasHereBeforeIsRefused() {
        URI delta = inADemo(DataverseSimulator.builder(), TokenOfOtherOrganizationTest::delta);
        String count = delta.getRawQuery().replaceAll(".*(\\$deltatoken=.*)", "accounts/\\$count?$1");
        List<WebApiClient.Reply> replies = inADemo(
                DataverseSimulator.builder(),
                simulator -> List.of(ask(simulator, "accounts?" + delta.getRawQuery()), ask(simulator, count)));
        assertThat(replies).allSatisfy(reply -> {
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.code()).isEqualTo("0x80040203");
        });
    }

    @Test
    void soIsItsNextLink() {
        URI next = inADemo(DataverseSimulator.builder(), simulator -> {
            WebApiClient client = new WebApiClient(simulator.organizationUrl());
            JsonNode page = client.get(LOAD, TRACK, "odata.maxpagesize=10").json();
            return URI.create(page.get("@odata.nextLink").asText());
        });
        WebApiClient.Reply reply =
                inADemo(DataverseSimulator.builder(), simulator -> ask(simulator, "accounts?" + next.getRawQuery()));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("0x8004112A");
    }

    @Test
    void aTokenFromTheFutureIsRefused() {
        URI delta = inADemo(DataverseSimulator.builder(), TokenOfOtherOrganizationTest::delta);
        try (DataverseSimulator simulator = DataverseSimulator.start()) {
            assertThat(ask(simulator, "accounts?" + delta.getRawQuery()).code()).isEqualTo("0x80040203");
        }
    }

    @Test
    void withItsJournalItIsTheSameOrganization() {
        URI delta = inADemo(DataverseSimulator.builder().journal(directory), TokenOfOtherOrganizationTest::delta);
        WebApiClient.Reply reply = inADemo(DataverseSimulator.builder().journal(directory), simulator -> {
            simulator.table("account").create(Map.of("name", "Adventure Works"));
            return ask(simulator, "accounts?" + delta.getRawQuery());
        });
        assertThat(reply.json().get("value")).hasSize(1);
    }

    @Test
    void aJournalWrittenAnewKnowsWhereTheOrganizationBegan() {
        OrganizationTables organization = new OrganizationTables(Clock.systemUTC());
        organization.versions().beginAt(1000);
        organization.define(StandardTables.account());
        String id = organization.create("account", Map.of("name", "Adventure Works"));
        long token = organization.versions().last();
        organization.update("account", id, Map.of("name", "Adventure Works Ltd"));

        OrganizationTables again = new OrganizationTables(Clock.systemUTC());
        OrganizationEvent.Replay replay = again.replay(offset -> {});
        organization.snapshot(entry -> entry.applyTo(replay));
        assertThat(again.versions().reaches(token)).isTrue();
        assertThat(again.versions().reaches(999)).isTrue();
        assertThat(again.versions().reaches(998)).isFalse();
    }

    private interface Visit<T> {
        T to(DataverseSimulator simulator);
    }

    private static <T> T inADemo(SimulatorBuilder builder, Visit<T> visit) {
        try (DataverseSimulator simulator = builder.build();
                DemoOrganization demo = DemoOrganization.startOn(simulator, 0)) {
            assertThat(demo).isNotNull();
            return visit.to(simulator);
        }
    }

    private static URI delta(DataverseSimulator simulator) {
        return WebApiClient.deltaLink(
                WebApiClient.pages(new WebApiClient(simulator.organizationUrl()).api(LOAD), TRACK));
    }

    private static WebApiClient.Reply ask(DataverseSimulator simulator, String what) {
        return new WebApiClient(simulator.organizationUrl()).get(what);
    }
}
