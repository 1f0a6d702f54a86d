package io.github.cameldataverse.changes.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ReloadsTest extends RouteTest {

    @ParameterizedTest
    @ValueSource(strings = {"accounts-to-files", "accounts-to-jms", "accounts-to-sql", "contacts-to-sql"})
    void aFileThatIsNamedAfterAReaderAsksForItsReload(String reader) throws IOException {
        Path file = ask(reader);
        soon().untilAsserted(() -> assertThat(journal(reader)).anyMatch(key -> key.startsWith("resyncCompleted!")));
        soon().untilAsserted(() -> assertThat(file).doesNotExist());
    }

    @Test
    void aFileWithAnotherNameIsPutAsideAndAsksForNothing() throws IOException {
        Path file = ask("nobody");
        soon().untilAsserted(() ->
                assertThat(file.resolveSibling(".unknown").resolve("nobody")).exists());
        soon().untilAsserted(() -> assertThat(file).doesNotExist());
    }

    private Path ask(String reader) throws IOException {
        return Files.createFile(Files.createDirectories(data.resolve("reload")).resolve(reader));
    }
}
