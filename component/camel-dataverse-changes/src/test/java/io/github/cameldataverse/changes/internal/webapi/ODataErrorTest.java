package io.github.cameldataverse.changes.internal.webapi;

import static io.github.cameldataverse.changes.internal.webapi.page.SamplePages.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.source.ServiceError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ODataErrorTest {

    @ParameterizedTest
    @CsvSource({
        "'\"0x80044352\"', 0x80044352",
        "'\"0X80044352\"', 0x80044352",
        "'\"0x8005f103\"', 0x8005F103",
        "'\"-2147204270\"', 0x80044352",
        "-2147204270, 0x80044352",
        "2147763026, 0x80044352",
        "'\"-2147220989\"', 0x80040203",
        "'\"-2147015535\"', 0x80072491",
        "'\"-2147220960\"', 0x80040220",
        "'\"-2147220969\"', 0x80040217",
        "'\"-2147015902\"', 0x80072322",
        "'\"-2147015903\"', 0x80072321",
        "'\"-2147015898\"', 0x80072326",
        "'\"-2147094269\"', 0x8005F103",
        "'\"80044352\"', 0x80044352",
        "'\"8004112a\"', 0x8004112A",
        "'\"0x0\"', 0x0",
        "'\"\"', ''",
        "null, ''",
        "'\"400\"', ''",
        "400, ''",
        "'\"InvalidRequest\"', InvalidRequest",
        "'\"0x800443520\"', 0x800443520",
        "'\"99999999999999999999\"', 99999999999999999999",
        "{}, ''"
    })
    void aCodeIsReadInHexAndInDecimal(String code, String normal) {
        ServiceError error = ODataError.of(answer(400, "{\"error\":{\"code\":" + code + ",\"message\":\"m\"}}"));

        assertThat(error.code()).isEqualTo(normal);
        assertThat(error.text()).isEqualTo(normal.isEmpty() || normal.equals("0x0") ? "m" : "m (" + normal + ")");
    }

    @Test
    void whatStandsBesideTheMessageIsPassedOver() {
        ServiceError error = ODataError.of(answer(
                400,
                "{\"error\":{\"code\":\"0x80040203\",\"message\":\"Invalid argument.\",\"@Microsoft.PowerApps.CDS.HelpLink\":\"x\","
                        + "\"innererror\":{\"message\":\"secret\",\"stacktrace\":\"at x\"}}}"));

        assertThat(error.text()).isEqualTo("Invalid argument. (0x80040203)");
    }

    @Test
    @ProvesFault("S12")
    void aMessageBecomesOneHarmlessLine() {
        ServiceError error = ODataError.of(answer(
                400,
                "{\"error\":{\"code\":\"0x0\",\"message\":\"a\\r\\n2026 ERROR forged \\u001b[31m${jndi:ldap://x}"
                        + "y".repeat(1000) + "\"}}"));

        assertThat(error.message())
                .startsWith("a 2026 ERROR forged  [31m${jndi:ldap://x}yyy")
                .hasSize(301)
                .endsWith("…");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"error\"",
                "{}",
                "{\"error\":null}",
                "{\"error\":\"text\"}",
                "{\"error\":{\"code\":",
                "\u0000"
            })
    void aBodyWithoutAnErrorIsNamedByItsTypeAndSize(String body) {
        ServiceError error = ODataError.of(answer(502, body, "Content-Type", "application/json\r\n; x"));

        assertThat(error.code()).isEmpty();
        assertThat(error.text())
                .isEqualTo("an answer of the type application/json ; x, " + body.length() + " bytes")
                .doesNotContain("Gateway");
    }

    @Test
    @ProvesFault("S9")
    void aBombIsNoErrorEither() {
        assertThat(ODataError.of(answer(500, "[".repeat(100_000))).code()).isEmpty();
        assertThat(ODataError.of(answer(500, "{\"error\":".repeat(100_000))).code())
                .isEmpty();
    }
}
