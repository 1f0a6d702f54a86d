package io.github.cameldataverse.changes.internal.http.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.harness.ProvesFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerJsonTest {

    @ParameterizedTest
    @ValueSource(strings = {"733517e99999999999", "733517.301e999999283011", "-733517e-99999999999"})
    @ProvesFault("S18")
    void aNumberThatIsTooLargeForJavaMakesTheAnswerUnreadableWithoutBeingSaid(String number) {
        Body body = body("{\"error\":{\"code\":" + number + ",\"message\":\"m\"}}");

        assertThatThrownBy(() -> AnswerJson.whole(body))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("733517")
                .hasNoCause();
        assertThatThrownBy(() -> AnswerJson.beginning(body))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("733517")
                .hasNoCause();
    }

    @Test
    void aNumberIsWrittenBackAsItWasRead() throws Exception {
        String text = "{\"a\":10.0000,\"b\":99999999999999999999,\"c\":1E+3}";

        assertThat(AnswerJson.bytes(AnswerJson.whole(body(text))))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(text);
    }

    @Test
    @ProvesFault("S9")
    void aTreeHasAtMostThreeHundredThousandTokensAndATextOneMebibyte() throws Exception {
        assertThat(AnswerJson.whole(body("[" + "0,".repeat(299_000) + "0]"))).hasSize(299_001);
        assertThatThrownBy(() -> AnswerJson.whole(body("[" + "0,".repeat(300_000) + "0]")))
                .isInstanceOf(IOException.class);

        assertThat(AnswerJson.whole(body("\"" + "x".repeat(1 << 20) + "\"")).textValue())
                .hasSize(1 << 20);
        assertThatThrownBy(() -> AnswerJson.beginning(body("\"" + "x".repeat(1 + (1 << 20)) + "\"")))
                .isInstanceOf(IOException.class);
    }

    private static Body body(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Body(bytes, bytes.length);
    }
}
