package io.github.cameldataverse.changes.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.QuarkusUnitTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.dataformat.JsonDataFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The data format that the extension brings, and the mapper of Quarkus that stands in the registry beside it. */
class CamelJacksonTest {

    private static final String ROW = "{\"revenue\":12345678901234.5670}";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Routes.class, Row.class))
            .overrideConfigKey("quarkus.devservices.enabled", "false");

    @Inject
    CamelContext camel;

    /** Keeps Quarkus from removing it. */
    @Inject
    ObjectMapper mapperOfQuarkus;

    @Test
    void moneyInAnObjectIsExact() {
        Row row = camel.createProducerTemplate().requestBody("direct:object", ROW, Row.class);
        assertThat(row.revenue).isEqualTo(new BigDecimal("12345678901234.5670"));
    }

    @Test
    void moneyInAMapIsExactThoughQuarkusHasAMapperInTheRegistry() {
        assertThat(camel.getRegistry().findByType(ObjectMapper.class)).contains(mapperOfQuarkus);
        assertThat(revenue("direct:map")).isEqualTo(new BigDecimal("12345678901234.5670"));
    }

    /** Why {@code autoDiscoverObjectMapper} stays off. */
    @Test
    void theMapperOfQuarkusMakesADoubleOfMoneyInAMap() {
        assertThat(revenue("direct:map-by-the-mapper-of-quarkus")).isInstanceOf(Double.class);
    }

    private Object revenue(String route) {
        return camel.createProducerTemplate().requestBody(route, ROW, Map.class).get("revenue");
    }

    @ApplicationScoped
    static class Routes extends RouteBuilder {

        @Override
        public void configure() {
            from("direct:object").unmarshal(exact(Row.class).end());
            from("direct:map").unmarshal(exact(Map.class).end());
            from("direct:map-by-the-mapper-of-quarkus")
                    .unmarshal(exact(Map.class).autoDiscoverObjectMapper(true).end());
        }

        private static JsonDataFormat.Builder exact(Class<?> type) {
            return new JsonDataFormat.Builder().unmarshalType(type).enableFeatures("USE_BIG_DECIMAL_FOR_FLOATS");
        }
    }

    public static class Row {

        public BigDecimal revenue;
    }
}
