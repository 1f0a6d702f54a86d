package io.github.cameldataverse.changes.internal.http.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sun, 01 Mar 2026 12:00:07 GMT",
                "Sun, 1 Mar 2026 12:00:07 GMT",
                " Sun, 01 Mar 2026 12:00:07 GMT ",
                "Sunday, 01-Mar-26 12:00:07 GMT",
                "Sun Mar  1 12:00:07 2026"
            })
    void eachOfTheThreeFormsIsRead(String text) {
        assertThat(HttpDate.of(text)).contains(Instant.parse("2026-03-01T12:00:07Z"));
    }

    @Test
    void aDayOfTwoDigitsIsReadInTheOldestFormToo() {
        assertThat(HttpDate.of("Fri Nov 28 23:59:59 2025")).contains(Instant.parse("2025-11-28T23:59:59Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "0",
                "2026-03-01T12:00:07Z",
                "Mon, 01 Mar 2026 12:00:07 GMT",
                "Sun, 32 Mar 2026 12:00:07 GMT",
                "Sun, 01 Mar 2026 25:00:07 GMT",
                "Sun, 01 Mar 2026 12:00:07",
                "Sun Mar 1 12:00:07 2026 GMT"
            })
    void nothingElseIs(String text) {
        assertThat(HttpDate.of(text)).isEmpty();
    }
}
