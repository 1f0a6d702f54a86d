package io.github.cameldataverse.changes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The words that the pages and the catalogue list are those that Camel makes constants of. */
class OptionWordsTest {

    static Stream<BaseOptionModel> words() {
        return OptionsPageTest.component().getEndpointParameterOptions().stream()
                .map(BaseOptionModel.class::cast)
                .filter(option -> option.getJavaType().startsWith("io.github.cameldataverse"))
                .filter(option -> "enum".equals(option.getType()));
    }

    @ParameterizedTest
    @MethodSource("words")
    void everyWordIsAConstantAndEveryConstantIsAWord(BaseOptionModel option) throws Exception {
        Class<?> type = Class.forName(option.getJavaType());
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            List<?> constants = option.getEnums().stream()
                    .map(word -> context.getTypeConverter().convertTo(type, word))
                    .toList();

            assertThat(constants).isEqualTo(List.of(type.getEnumConstants()));
        }
    }

    @Test
    void noMoreThanTheTableIsRequired() {
        assertThat(OptionsPageTest.component().getEndpointOptions())
                .filteredOn(BaseOptionModel::isRequired)
                .extracting(BaseOptionModel::getName)
                .containsExactly("table");
    }
}
