package io.github.cameldataverse.changes.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.harness.ProvesFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordIdTest {

    private static final String GUID = "00ab12cd-34ef-5678-90ab-cdef12345678";

    @Test
    void aBareGuidIsTakenInLowerCase() {
        assertThat(RecordId.of("00AB12CD-34EF-5678-90ab-CDEF12345678")).contains(GUID);
    }

    @Test
    void anEntityUrlGivesTheGuidAtItsEnd() {
        assertThat(RecordId.of("https://contoso.crm4.dynamics.com/api/data/v9.2/accounts(" + GUID.toUpperCase() + ")"))
                .contains(GUID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1-1-1-1-1",
                "../x",
                "/etc/passwd",
                "CON",
                "00ab12cd34ef567890abcdef12345678",
                "{00ab12cd-34ef-5678-90ab-cdef12345678}",
                "(00ab12cd-34ef-5678-90ab-cdef12345678",
                "00ab12cd-34ef-5678-90ab-cdef1234567",
                "00ab12cd-34ef-5678-90ab-cdef123456789",
                "00ab12cd-34ef-5678-90ab-cdef1234567g",
                "00ab12cd-34ef-5678-90ab-cdef12345678 ",
                "00ab12cd-34ef-5678-90ab-cdef12345678\n",
                "00ab12cd-34ef-5678-90ab-cdef12345678\u0000",
                "00ab12cd-34ef-5678-90ab-cdef1234567\u0660",
                "accounts(00ab12cd-34ef-5678-90ab-cdef12345678)/x",
                "accounts(name='00ab12cd-34ef-5678-90ab-cdef12345678')",
                "a\nb(00ab12cd-34ef-5678-90ab-cdef12345678)"
            })
    @ProvesFault("S13")
    void whatIsNoGuidIsNone(String served) {
        assertThat(RecordId.of(served)).isEmpty();
    }

    @Test
    void aLongTextIsNone() {
        assertThat(RecordId.of("a".repeat(100_000))).isEmpty();
        assertThat(RecordId.of("(".repeat(100_000))).isEmpty();
    }
}
