package io.github.cameldataverse.changes.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.harness.ProvesFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {

    private static final Row ROW = Row.of("{\"accountid\":\"x\",\"name\":\"A. Datum\"}");

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "W/\"915244\", 915244",
                "\"915244\", 915244",
                "W/\"0\", 0",
                "W/\"9223372036854775807\", 9223372036854775807"
            })
    void theNumberInTheEtagIsTheVersion(String etag, long version) {
        Version read = Version.of(etag, ROW);

        assertThat(read.number()).isEqualTo(version);
        assertThat(read.text()).isEqualTo(Long.toString(version));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "915244",
                "W/915244",
                "w/\"915244\"",
                "W/\"-1\"",
                "W/\"12a\"",
                "W/\" 12\"",
                "W/\"\"",
                "W/\"9223372036854775808\"",
                "W/\"9999999999999999999\"",
                "W/\"12345678901234567890\"",
                "W/\"\u0661\u0662\"",
                "W/\"1\"\n",
                "\"1\",\"2\""
            })
    @ProvesFault("D9")
    void anEtagWithoutSuchANumberGivesAHashOfTheRow(String etag) {
        Version read = Version.of(etag, ROW);

        assertThat(read.number()).isNull();
        assertThat(read.text()).matches("~[0-9a-f]{24}");
    }

    @Test
    void theHashIsThatOfTheContent() {
        Version one = Version.of(null, Row.of("{\"name\":\"A\"}"));

        assertThat(Version.of(null, Row.of("{\"name\":\"A\"}"))).isEqualTo(one);
        assertThat(Version.of(null, Row.of("{\"name\":\"B\"}"))).isNotEqualTo(one);
    }
}
