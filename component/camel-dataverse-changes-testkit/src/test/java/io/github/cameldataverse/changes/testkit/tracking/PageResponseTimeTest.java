package io.github.cameldataverse.changes.testkit.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.testkit.demo.DemoOrganization;
import io.github.cameldataverse.changes.testkit.harness.SimulatorTest;
import io.github.cameldataverse.changes.testkit.harness.WebApiClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How long a page of 5,000 rows and 57 columns takes: printed, not asserted, since machines differ. */
class PageResponseTimeTest extends SimulatorTest {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void aPageOfFiveThousandRowsIsTimed() throws Exception {
        DemoOrganization.seed(SIMULATOR.simulator(), Map.of("account", 5000));
        long[] micros = new long[30];
        long bytes = 0;
        for (int i = 0; i < micros.length; i++) {
            long begin = System.nanoTime();
            bytes = drain();
            micros[i] = (System.nanoTime() - begin) / 1000;
        }
        Arrays.sort(micros);
        System.out.printf(
                "A page of 5,000 rows x 57 columns (%,d bytes): fastest %,d us, median %,d us%n",
                bytes, micros[0], micros[micros.length / 2]);
        assertThat(bytes).isGreaterThan(5_000_000);
    }

    private static long drain() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(client().api("accounts"))
                .header("Prefer", WebApiClient.TRACK)
                .build();
        try (InputStream body =
                HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
            return body.transferTo(OutputStream.nullOutputStream());
        }
    }
}
