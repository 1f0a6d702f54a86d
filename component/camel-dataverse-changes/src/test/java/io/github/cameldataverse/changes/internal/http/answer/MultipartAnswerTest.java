package io.github.cameldataverse.changes.internal.http.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.cameldataverse.changes.harness.ProvesFault;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MultipartAnswerTest {

    private static final String TYPE = "multipart/mixed; boundary=batchresponse_1";

    /** The answer of the document "Execute batch operations using the Web API" to a batch that goes on behind an error. */
    private static final String DOCUMENTED = String.join(
            "\r\n",
            "--batchresponse_1",
            "Content-Type: application/http",
            "Content-Transfer-Encoding: binary",
            "",
            "HTTP/1.1 400 Bad Request",
            "REQ_ID: de4c5227-4a28-4ebd-8ced-3392ece1697b",
            "Content-Type: application/json; odata.metadata=minimal",
            "OData-Version: 4.0",
            "",
            "{\"error\":{\"code\":\"0x80044331\",\"message\":\"A validation error occurred.\"}}",
            "--batchresponse_1",
            "Content-Type: application/http",
            "Content-Transfer-Encoding: binary",
            "",
            "HTTP/1.1 204 No Content",
            "OData-Version: 4.0",
            "Location: https://org.example/api/data/v9.2/tasks(aed2ae8b-3c94-ed11-aad1-000d3a9933c9)",
            "",
            "",
            "--batchresponse_1--",
            "");

    @Test
    void thePartsAreAnswersOfTheirOwn() throws Exception {
        List<Answer> parts = MultipartAnswer.parts(answer(DOCUMENTED), 2);

        assertThat(parts).extracting(Answer::status).containsExactly(400, 204);
        assertThat(parts.get(0).body().text())
                .isEqualTo("{\"error\":{\"code\":\"0x80044331\",\"message\":\"A validation error occurred.\"}}");
        assertThat(parts.get(0).header("req_id")).contains("de4c5227-4a28-4ebd-8ced-3392ece1697b");
        assertThat(parts.get(0).from()).isEqualTo(URI.create("https://org.example/api/data/v9.2/$batch"));
        assertThat(parts.get(0).received()).isEqualTo(Instant.EPOCH);
        assertThat(parts.get(1).body().length()).isZero();
        assertThat(parts.get(1).headers()).containsOnlyKeys("odata-version", "location");
    }

    @Test
    void lineBreaksInsideOfABodyStayInIt() throws Exception {
        String text = DOCUMENTED.replace("\"message\"", "\r\n\n\r\n--batchresponse_12\r\n\"message\"");

        assertThat(MultipartAnswer.parts(answer(text), 2).get(0).body().text())
                .contains(",\r\n\n\r\n--batchresponse_12\r\n\"message\"")
                .endsWith("}}");
    }

    @Test
    void bytesThatAreNoAsciiStayAsTheyAre() throws Exception {
        byte[] utf8 = DOCUMENTED.replace("validation", "v\u00e4lid\u20ac").getBytes(StandardCharsets.UTF_8);

        assertThat(MultipartAnswer.parts(answer(utf8, TYPE), 2).get(0).body().text())
                .contains("A v\u00e4lid\u20ac error");
    }

    @Test
    @ProvesFault({"N5", "N6"})
    void noBeginningOfItIsTakenForTheWhole() {
        byte[] whole = DOCUMENTED.getBytes(StandardCharsets.US_ASCII);
        int last = whole.length - "\r\n".length();
        for (int length = 0; length < last; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> MultipartAnswer.parts(answer(cut, TYPE), 2))
                    .as("%s bytes", length)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void whateverComesIsReadOrRefused() {
        SplittableRandom random = new SplittableRandom(11);
        byte[] whole = DOCUMENTED.getBytes(StandardCharsets.US_ASCII);
        for (int story = 0; story < 20_000; story++) {
            byte[] mutated = whole.clone();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            Throwable failure = catchThrowable(() -> MultipartAnswer.parts(answer(mutated, TYPE), 2));
            assertThat(failure == null || failure instanceof IOException)
                    .as("story %s: %s", story, failure)
                    .isTrue();
        }
    }

    @Test
    @ProvesFault("S9")
    void allPartsTogetherHaveAtMostFourMebibytes() throws Exception {
        int more = 4 * 1024 * 1024 - DOCUMENTED.length();

        assertThat(MultipartAnswer.parts(answer(DOCUMENTED + " ".repeat(more)), 2))
                .hasSize(2);
        assertThatThrownBy(() -> MultipartAnswer.parts(answer(DOCUMENTED + " ".repeat(more + 1)), 2))
                .hasMessage("it has more than 4194304 bytes");
    }

    @Test
    void theTypeSaysWhetherThereAreParts() {
        assertThat(MultipartAnswer.is(answer(DOCUMENTED))).isTrue();
        assertThat(MultipartAnswer.is(answer(new byte[0], "MULTIPART/MIXED"))).isTrue();
        assertThat(MultipartAnswer.is(answer(new byte[0], "multipart/form-data; boundary=b")))
                .isFalse();
        assertThat(MultipartAnswer.is(answer(new byte[0], "\u0000;;;="))).isFalse();
        assertThat(MultipartAnswer.is(new Answer(
                        URI.create("https://org.example/"),
                        200,
                        Map.of(),
                        new Body(new byte[0], 0),
                        Instant.EPOCH,
                        new SecretsInUse())))
                .isFalse();
    }

    private static Answer answer(String text) {
        return answer(text.getBytes(StandardCharsets.US_ASCII), TYPE);
    }

    /** In an array that is longer than the body, as it comes from the line. */
    private static Answer answer(byte[] bytes, String type) {
        return new Answer(
                URI.create("https://org.example/api/data/v9.2/$batch"),
                200,
                Map.of("content-type", type),
                new Body(Arrays.copyOf(bytes, bytes.length + 100), bytes.length),
                Instant.EPOCH,
                new SecretsInUse());
    }
}
