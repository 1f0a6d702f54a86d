package io.github.cameldataverse.changes.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.cameldataverse.changes.change.Row;
import io.github.cameldataverse.changes.harness.OtherFrameworksMapper;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.http.answer.ExactJson;
import io.github.cameldataverse.changes.option.BodyMembers;
import io.github.cameldataverse.changes.option.BodyType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowBodyTest {

    private static final String ROW =
            "{ \"b\" : 1.50,\n\"a\":\"Gr\\u00f6ße 😀 \\/\",\"n\":null,\"t\":true,\"l\":[1,{\"x\":2.0}]}";

    @Test
    void aTextIsTheRowAsServed() {
        assertThat(body(BodyType.STRING, ROW)).isEqualTo(ROW);
    }

    @Test
    void aTextOfColumnsHasNothingWithAnAtSignAndTheRestAsServed() {
        String row =
                "{\"@odata.etag\":\"W/\\\"7\\\"\", \"b\" : 1.50,\n\"t@x.y\":{\"a\":[1,{\"b@c\":2}]},\"a\":\"Gr\\u00f6ße 😀 } , \\\"@\","
                        + "\"n\":null,\"l\":[1,{\"x@y\":2.0}],\"big\":12345678901234567890.12300 ,\"t\":true,\"@last\":1}";

        assertThat(columns(BodyType.STRING, row))
                .isEqualTo("{\"b\" : 1.50,\"a\":\"Gr\\u00f6ße 😀 } , \\\"@\",\"n\":null,\"l\":[1,{\"x@y\":2.0}],"
                        + "\"big\":12345678901234567890.12300,\"t\":true}");
        assertThat(((Map<?, ?>) columns(BodyType.MAP, row)).keySet().toArray())
                .containsExactly("b", "a", "n", "l", "big", "t");
        assertThat(((JsonNode) columns(BodyType.NODE, row)).size()).isEqualTo(6);
    }

    @Test
    void aRowOfNothingButAnnotationsIsAnEmptyObject() {
        assertThat(columns(BodyType.STRING, "{ \"@odata.etag\" : \"7\" }")).isEqualTo("{}");
        assertThat(columns(BodyType.STRING, "{}")).isEqualTo("{}");
    }

    private static Object columns(BodyType type, String row) {
        return new RowBody(type, BodyMembers.COLUMNS, ExactJson.mapper(null, 1 << 20)).of(Row.of(row));
    }

    @Test
    void aMapHasTheColumnsInTheirOrder() {
        Map<?, ?> map = (Map<?, ?>) body(BodyType.MAP, ROW);

        assertThat(map.keySet().toArray()).containsExactly("b", "a", "n", "t", "l");
        assertThat(map.values().toArray())
                .containsExactly(
                        new BigDecimal("1.50"),
                        "Größe 😀 /",
                        null,
                        true,
                        Arrays.asList(1L, Map.of("x", new BigDecimal("2.0"))));
    }

    @Test
    void aMapIsTheReadersOwn() {
        Map<String, Object> map = cast(body(BodyType.MAP, "{\"a\":1}"));

        map.put("b", 2);

        assertThat(map).containsOnlyKeys("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "7", "2147483647", "2147483648", "9223372036854775807", "-9223372036854775808"})
    void aWholeNumberIsALong(String number) {
        assertThat(valueOf(number)).isEqualTo(Long.valueOf(number));
        assertThat(nodeOf(number).isIntegralNumber()).isTrue();
        assertThat(nodeOf(number).longValue()).isEqualTo(Long.parseLong(number));
        assertThat(nodeOf(number).asText()).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "-9223372036854775809", "99999999999999999999999999999999999999"})
    @ProvesFault("D5")
    void aWholeNumberBeyondALongIsExactToo(String number) {
        assertThat(valueOf(number)).isEqualTo(new BigInteger(number));
        assertThat(nodeOf(number).bigIntegerValue()).isEqualTo(new BigInteger(number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.1",
                "1.10",
                "-0.0",
                "100.0000",
                "0.1000000000000000055511151231257827",
                "12345678901234567890.123456789012345678",
                "1E+3",
                "1e400",
                "-1E-400",
                "922337203685477.5807"
            })
    @ProvesFault("D5")
    void aDecimalKeepsEveryDigit(String number) {
        assertThat(valueOf(number)).isEqualTo(new BigDecimal(number));
        assertThat(nodeOf(number).decimalValue()).isEqualTo(new BigDecimal(number));
    }

    @Test
    @ProvesFault("D5")
    void whatIsReadIsWhatWasPrinted() {
        SplittableRandom random = new SplittableRandom(5);
        for (int sample = 0; sample < 5_000; sample++) {
            BigDecimal number = new BigDecimal(
                    new BigInteger(random.nextInt(1, 127), new java.util.Random(sample)), random.nextInt(1, 40));
            assertThat(valueOf(number.toString()).toString()).isEqualTo(number.toString());
            assertThat(nodeOf(number.toString()).decimalValue()).isEqualTo(number);
        }
    }

    @Test
    void aNodeIsTheRow() {
        JsonNode node = (JsonNode) body(BodyType.NODE, ROW);

        assertThat(node.isObject()).isTrue();
        assertThat(node.path("l").path(1).path("x").decimalValue()).isEqualTo(new BigDecimal("2.0"));
        assertThat(node.path("n").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"lone \\ud83d surrogate\"",
                "\"\\u0000\"",
                "\"\u202Ebidi\"",
                "{}",
                "[]",
                "[[[[[[[[[[1]]]]]]]]]]"
            })
    void whatIsOddIsReadToo(String value) {
        assertThat(((Map<?, ?>) body(BodyType.MAP, "{\"x\":" + value + "}")).get("x"))
                .isNotNull();
        assertThat(nodeOf(value)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"MAP", "NODE"})
    @ProvesFault({"D5", "S18"})
    void aNumberThatIsTooLargeForJavaIsRefusedWithoutSayingIt(BodyType type) {
        Row row = Row.of("{\"x\":733517.301e999999283011}");

        assertThatThrownBy(() -> new RowBody(type, ExactJson.mapper(null, 1 << 20)).of(row))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "A number of the row has too many digits in its exponent; with bodyType=string it stays as it"
                                + " was served")
                .hasMessageNotContaining("733517")
                .hasNoCause();
        assertThat(new RowBody(BodyType.STRING, ExactJson.mapper(null, 1 << 20)).of(row))
                .isEqualTo(row.text());
    }

    @Test
    @ProvesFault("D6")
    void aLongTextIsReadUpToTheSizeOfARow() {
        String text = "x".repeat(30_000_000);
        RowBody body = new RowBody(BodyType.MAP, ExactJson.mapper(null, 40_000_000));

        assertThat(body.of(Row.of("{\"x\":\"" + text + "\"}"))).isEqualTo(Map.of("x", text));
    }

    @ParameterizedTest
    @EnumSource(names = {"MAP", "NODE"})
    @ProvesFault("D5")
    void theMapperOfAnotherFrameworkKeepsEveryDigitToo(BodyType type) {
        ObjectMapper theirs =
                OtherFrameworksMapper.likeThatOfQuarkus().enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS);
        RowBody body = new RowBody(type, ExactJson.mapper(theirs, 1 << 20));

        Object row = body.of(Row.of("{\"m\":10.0000,\"i\":7,\"b\":99999999999999999999999}"));

        assertThat(row)
                .hasToString(
                        type == BodyType.MAP
                                ? "{m=10.0000, i=7, b=99999999999999999999999}"
                                : "{\"m\":10.0000,\"i\":7,\"b\":99999999999999999999999}");
        assertThat(row instanceof Map<?, ?> map ? map.get("i") : 7L).isEqualTo(7L);
    }

    @ParameterizedTest
    @EnumSource(names = {"MAP", "NODE"})
    @ProvesFault("D5")
    void aMapperThatTreatsTreesDifferentlyKeepsDigitsAndClearedColumnsToo(BodyType type) {
        ObjectMapper theirs = JsonMapper.builder()
                .disable(JsonNodeFeature.USE_BIG_DECIMAL_FOR_FLOATS, JsonNodeFeature.READ_NULL_PROPERTIES)
                .enable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
                .nodeFactory(JsonNodeFactory.withExactBigDecimals(false))
                .build();
        RowBody body = new RowBody(type, ExactJson.mapper(theirs, 1 << 20));

        assertThat(body.of(Row.of("{\"m\":10.0000,\"a\":null,\"b\":1}")))
                .hasToString(type == BodyType.MAP ? "{m=10.0000, a=null, b=1}" : "{\"m\":10.0000,\"a\":null,\"b\":1}");
    }

    @ParameterizedTest
    @EnumSource(names = {"MAP", "NODE"})
    @ProvesFault("D5")
    void aMapperThatReadsWholeNumbersAsLongReadsLongerOnesToo(BodyType type) {
        ObjectMapper theirs = JsonMapper.builder()
                .enable(DeserializationFeature.USE_LONG_FOR_INTS)
                .build();

        Object row = new RowBody(type, ExactJson.mapper(theirs, 1 << 20)).of(Row.of("{\"b\":9223372036854775808}"));

        assertThat(row).hasToString(type == BodyType.MAP ? "{b=9223372036854775808}" : "{\"b\":9223372036854775808}");
    }

    @Test
    void theMapperItselfStaysAsItIs() throws Exception {
        ObjectMapper theirs = OtherFrameworksMapper.likeThatOfQuarkus();

        ExactJson.mapper(theirs, 10);

        assertThat(theirs.readTree("{\"m\":10.0000}").get("m").isDouble()).isTrue();
        assertThat(theirs.readTree("{\"t\":\"longer than ten\"}").get("t").asText())
                .isEqualTo("longer than ten");
    }

    @Test
    @ProvesFault("D6")
    void theLimitOfATextHoldsForAnotherMapperToo() {
        ObjectMapper theirs = OtherFrameworksMapper.likeThatOfQuarkus();
        RowBody body = new RowBody(BodyType.MAP, ExactJson.mapper(theirs, 1000));

        assertThatThrownBy(() -> body.of(Row.of("{\"t\":\"" + "x".repeat(60_000) + "\"}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a longer text, than is read of one");
    }

    @Test
    void aMapperThatCannotBeCopiedIsRefusedWithASentence() {
        ObjectMapper uncopied = new ObjectMapper() {
            private static final long serialVersionUID = 1L;
        };

        assertThatThrownBy(() -> ExactJson.mapper(uncopied, 1000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The objectMapper of the class " + uncopied.getClass().getName()
                                + " cannot be copied, because the class does not override copy()");
    }

    @Test
    void aListOfRowsSharesNothing() {
        RowBody body = new RowBody(BodyType.MAP, ExactJson.mapper(null, 1024));

        assertThat(List.of(body.of(Row.of("{\"a\":1}")), body.of(Row.of("{\"a\":2}"))))
                .isEqualTo(List.of(Map.of("a", 1L), Map.of("a", 2L)));
    }

    @ParameterizedTest
    @EnumSource(BodyType.class)
    @ProvesFault("S9")
    void aTreeHasAtMostThreeHundredThousandNamesAndValues(BodyType type) {
        assertThat(body(type, "{\"a\":[" + "0,".repeat(299_000) + "0]}")).isNotNull();

        String dense = "{\"a\":[" + "0,".repeat(300_000) + "0]}";
        if (type == BodyType.STRING) {
            assertThat(body(type, dense)).isEqualTo(dense);
        } else {
            assertThatThrownBy(() -> body(type, dense))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("more names and values, or a longer text, than is read of one");
        }
    }

    private static Object body(BodyType type, String row) {
        return new RowBody(type, ExactJson.mapper(null, 1 << 20)).of(Row.of(row));
    }

    private static Object valueOf(String number) {
        return ((Map<?, ?>) body(BodyType.MAP, "{\"x\":" + number + "}")).get("x");
    }

    private static JsonNode nodeOf(String number) {
        return ((JsonNode) body(BodyType.NODE, "{\"x\":" + number + "}")).get("x");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Object body) {
        return (Map<String, Object>) body;
    }
}
