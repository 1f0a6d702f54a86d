package io.github.cameldataverse.changes.example;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.model.dataformat.JsonDataFormat;
import org.apache.camel.model.dataformat.JsonLibrary;
import org.jspecify.annotations.Nullable;

/**
 * How camel-jackson makes an object of a row, for {@code unmarshal(RowFormat.of(Account.class))}. Numbers are exact: {@code
 * 10.0000} becomes a BigDecimal of scale 4.
 *
 * <p>The mapper is the data format's own. Quarkus has one in the registry too, which makes doubles of the numbers in a map;
 * camel-jackson takes it only with {@code autoDiscoverObjectMapper}, and that stays off.
 */
final class RowFormat {

    private static final String COLUMNS = "columns of the row";
    private static final ObjectMapper JSON = new ObjectMapper();

    private RowFormat() {}

    /** Notes which columns a row has, before it becomes an object: there, one that is absent looks like one that is null. */
    static void noteColumns(Exchange exchange) throws IOException {
        Set<String> columns = new HashSet<>();
        JSON.readTree(exchange.getMessage().getBody(String.class)).fieldNames().forEachRemaining(columns::add);
        exchange.setProperty(COLUMNS, columns);
    }

    /** Those of the values whose column the row has, in the same order. */
    static Map<String, @Nullable Object> present(Message row, Map<String, @Nullable Object> values) {
        Map<String, @Nullable Object> present = new LinkedHashMap<>(values);
        present.keySet().retainAll(row.getExchange().getProperty(COLUMNS, Set.class));
        return present;
    }

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
