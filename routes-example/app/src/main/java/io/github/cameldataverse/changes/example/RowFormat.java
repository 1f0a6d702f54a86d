package io.github.cameldataverse.changes.example;

import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.apache.camel.model.dataformat.JsonDataFormat;
import org.apache.camel.model.dataformat.JsonLibrary;

/**
 * How camel-jackson makes an object of a row, for {@code unmarshal(RowFormat.of(Account.class))}. Numbers are exact: {@code
 * 10.0000} becomes a BigDecimal of scale 4.
 *
 * <p>The mapper is the data format's own. Quarkus has one in the registry too, which makes doubles of the numbers in a map;
 * camel-jackson takes it only with {@code autoDiscoverObjectMapper}, and that stays off.
 */
final class RowFormat {

    private RowFormat() {}

    static JsonDataFormat of(Class<?> type) {
        return new JsonDataFormat.Builder()
                .library(JsonLibrary.Jackson)
                .unmarshalType(type)
                .enableFeatures("USE_BIG_DECIMAL_FOR_FLOATS")
                // Rows have annotations beside their columns. A value of another type is refused, and not made to fit.
                .disableFeatures("FAIL_ON_UNKNOWN_PROPERTIES,ACCEPT_FLOAT_AS_INT,ALLOW_COERCION_OF_SCALARS")
                .moduleClassNames(JavaTimeModule.class.getName())
                .end();
    }
}
