package io.github.cameldataverse.changes.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.internal.source.Page;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeTest {

    private static final String ID = "00000000-0000-0000-0000-000000000001";
    private static final Row ROW = Row.of("{\"name\":\"Ärger 😀\"}");

    @Test
    void anUpsertIsNamedByItsIdAndVersion() {
        Upsert upsert = new Upsert(ID, "W/\"42\"", new Version("42"), ROW);

        assertThat(upsert.key()).isEqualTo(ID + "@42");
        assertThat(upsert.what()).isEqualTo("42");
    }

    @Test
    void aDeleteIsNamedByItsIdAndRound() {
        Delete delete = new Delete(ID, "deleted", 7, 0, ROW);

        assertThat(delete.key()).isEqualTo(ID + "!7");
        assertThat(delete.what()).isEqualTo("deleted");
    }

    @Test
    void theTombstoneAfterAnUpsertOfItsRoundHasANameOfItsOwn() {
        Delete first = new Delete(ID, "deleted", 7, 0, ROW);
        Delete second = first.after(1);

        assertThat(second.key()).isNotEqualTo(first.key());
        assertThat(second.what()).isEqualTo(first.what());
        assertThat(second.after(2).key()).isNotEqualTo(second.key());
    }

    @Test
    void aRowIsAViewIntoItsPage() {
        byte[] page = "{\"value\":[{\"a\":\"é\"},{\"b\":2}]}".getBytes(StandardCharsets.UTF_8);
        int start = new String(page, StandardCharsets.ISO_8859_1).indexOf("{\"a\"");

        Row row = new Row(page, start, "{\"a\":\"é\"}".getBytes(StandardCharsets.UTF_8).length);

        assertThat(row.text()).isEqualTo("{\"a\":\"é\"}");
        assertThat(row.length()).isEqualTo(10);
    }

    @Test
    void rowsOfTheSameBytesAreEqualWhereverTheyStand() throws Exception {
        byte[] page = "[{\"a\":1},{\"a\":1},{\"a\":2}]".getBytes(StandardCharsets.US_ASCII);
        Row row = Row.ascii(page, 1, 7);

        assertThat(row).isEqualTo(new Row(page, 9, 7)).hasSameHashCodeAs(new Row(page, 9, 7));
        assertThat(new Row("é".getBytes(StandardCharsets.UTF_8), 0, 2))
                .isEqualTo(Row.ascii("é".getBytes(StandardCharsets.UTF_8), 0, 2))
                .hasSameHashCodeAs(Row.ascii("é".getBytes(StandardCharsets.UTF_8), 0, 2));
        assertThat(row).isNotEqualTo(Row.ascii(page, 17, 7)).isNotEqualTo("{\"a\":1}");
        assertThat(new String(row.stream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(row.text());
    }

    @Test
    void aRowDoesNotPrintItsContent() {
        assertThat(Row.of("{\"name\":\"secret\"}").toString()).isEqualTo("row of 17 bytes");
        assertThat(new Upsert(ID, null, new Version("1"), Row.of("{\"name\":\"secret\"}")).toString())
                .doesNotContain("secret");
    }

    @Test
    void aPageDoesNotShareItsListWithTheCaller() {
        List<Change> changes = new ArrayList<>(List.of(new Delete(ID, "deleted", 1, 0, ROW)));
        Page page = new Page(changes, new Page.RoundEnd("https://contoso.example/x"));
        changes.clear();

        assertThat(page.changes()).hasSize(1);
        assertThatThrownBy(() -> page.changes().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
