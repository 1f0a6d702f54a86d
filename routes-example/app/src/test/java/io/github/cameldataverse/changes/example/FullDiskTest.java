package io.github.cameldataverse.changes.example;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The directory of the data is on a full disk, the database is not. */
@QuarkusTest
@QuarkusTestResource(value = SmallDisk.class, restrictToAnnotatedClass = true)
class FullDiskTest extends RouteTest {

    @Test
    @Fault("R1")
    void aRouteWhoseTransactionIsCommittedIsNotHeldUpByAFullDisk() throws IOException {
        assumeTrue(SmallDisk.isMounted(), "may not mount");
        String before = newAccount("before");
        soon().untilAsserted(
                        () -> assertThat(journal("accounts-to-sql", before)).hasSize(1));
        fill(SmallDisk.DISK.resolve("filler"));
        List<String> keys = new ArrayList<>();
        for (int row = 0; row < 5; row++) {
            keys.add(upsertKey(accounts(), newAccount("Contoso " + row)));
        }
        soon().untilAsserted(() -> assertThat(journal("accounts-to-sql")).containsAll(keys));
        String down = get("/q/health").asString();
        assertThat(down).contains("accounts-to-files");
        Files.delete(SmallDisk.DISK.resolve("filler"));
    }

    private static void fill(Path file) {
        byte[] zeros = new byte[1024];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(zeros);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }
}
