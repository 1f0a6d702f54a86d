package io.github.cameldataverse.changes.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AccountsToFilesTest extends RouteTest {

    @Test
    void anUpsertBecomesAFileNamedAfterItsVersion() {
        String id = newAccount("Contoso");
        Path first = file(upsertKey(accounts(), id) + ".json");
        soon().untilAsserted(() -> assertThat(first).content().contains("\"name\":\"Contoso\""));

        accounts().update(id, Map.of("name", "Contoso Ltd"));
        Path second = file(upsertKey(accounts(), id) + ".json");
        soon().untilAsserted(() -> assertThat(second).content().contains("\"name\":\"Contoso Ltd\""));
        assertThat(first).content().contains("\"name\":\"Contoso\"");
    }

    @Test
    void aDeleteBecomesAFileNamedAfterItsRound() {
        String id = newAccount("Fabrikam");
        soon().untilAsserted(() -> assertThat(journal("accounts-to-files", id)).hasSize(1));
        accounts().delete(id);
        soon().untilAsserted(() -> assertThat(journal("accounts-to-files", id)).hasSize(2));
        String key = journal("accounts-to-files", id).get(1);
        assertThat(key).startsWith(id + "!");
        assertThat(file(key + ".deleted.json")).content().contains(id);
    }

    @Test
    void noHalfFileIsLeftUnderAnyName() {
        String id = newAccount("Tailspin");
        soon().untilAsserted(() -> assertThat(journal("accounts-to-files", id)).hasSize(1));
        assertThat(data.resolve("accounts")).isDirectoryNotContaining("glob:**/.part-*");
    }

    @Test
    @Fault("S15")
    void contentIsNeverEvaluated() {
        String expression = "${bean:journal.keys} {{example.data}} ../../x";
        String id = newAccount(expression);
        Path file = file(upsertKey(accounts(), id) + ".json");
        soon().untilAsserted(() -> assertThat(file).content().contains("\"name\":\"" + expression + "\""));
    }

    @Test
    void aReloadIsBracketedByTwoFiles() {
        newAccount("Wingtip");
        reload(AccountsToFiles.CHANGES);
        soon().untilAsserted(
                        () -> assertThat(journal("accounts-to-files").stream().filter(key -> key.startsWith("resync")))
                                .hasSize(2));
        for (String key : journal("accounts-to-files").stream()
                .filter(key -> key.startsWith("resync"))
                .toList()) {
            assertThat(file(key + ".json")).exists();
        }
    }

    private Path file(String name) {
        return data.resolve("accounts").resolve(name);
    }
}
