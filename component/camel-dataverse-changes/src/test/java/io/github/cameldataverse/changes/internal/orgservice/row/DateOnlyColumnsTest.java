package io.github.cameldataverse.changes.internal.orgservice.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.api.ServiceFault;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DateOnlyColumnsTest {

    private final Map<String, String> defined =
            new HashMap<>(Map.of("birthdate", "DateOnly", "createdon", "UserLocal"));
    private int asked;
    private boolean down;
    private final DateOnlyColumns columns = new DateOnlyColumns(table -> {
        asked++;
        if (down) {
            throw new ServiceFault.Transient("The service failed", 503, null);
        }
        return defined;
    });

    @Test
    void theDefinitionsAreAskedForOnceForAllTheirColumns() throws Exception {
        assertThat(columns.hold("contact", "birthdate")).isTrue();
        assertThat(columns.hold("contact", "createdon")).isFalse();
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void aColumnThatWasAddedIsAskedForAndOneWithoutADefinitionOnlyOnce() throws Exception {
        assertThat(columns.hold("contact", "createdon")).isFalse();
        defined.put("new_since", "DateOnly");
        assertThat(columns.hold("contact", "new_since")).isTrue();
        assertThat(columns.hold("contact", "new_hidden")).isFalse();
        assertThat(columns.hold("contact", "new_hidden")).isFalse();
        assertThat(asked).isEqualTo(3);
    }

    @Test
    void whatCannotBeToldNowIsAskedForAgain() throws Exception {
        down = true;
        assertThatThrownBy(() -> columns.hold("contact", "birthdate")).isInstanceOf(ServiceFault.Transient.class);
        down = false;
        assertThat(columns.hold("contact", "birthdate")).isTrue();
    }
}
