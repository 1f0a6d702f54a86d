package io.github.cameldataverse.changes.docs.cookbook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

// tag::class[]
public class WriteBackRecipe extends RouteBuilder {
    @Override
    public void configure() {
        from("dataverse-changes:account?select=accountnumber,revenue&bodyType=map")
                // A delete has no row, and an account without a number nothing that names its rating.
                .filter(header("CamelDataverseChangesChangeType").isEqualTo("upsert"))
                .filter(simple("${body[accountnumber]} != null"))
                .process(WriteBackRecipe::nameTheRating)
                // Knows accounts by their number, and answers with the columns to write: {"new_grade":"A"}
                .to("{{ratings}}")
                .removeHeaders("*")
                .setHeader("CamelHttpMethod", constant("PATCH"))
                .setHeader("CamelHttpUri", simple("{{organization}}/api/data/v9.2/${exchangeProperty.rating}"))
                .setHeader("Content-Type", constant("application/json"))
                .to("{{organization}}?{{sign-in}}");
    }

    /** By the alternate key of the table new_rating: a quote in it is doubled, and the whole of it encoded. */
    private static void nameTheRating(Exchange exchange) {
        String number = (String) exchange.getMessage().getBody(Map.class).get("accountnumber");
        String literal = URLEncoder.encode("'" + number.replace("'", "''") + "'", UTF_8);
        exchange.setProperty("rating", "new_ratings(new_accountnumber=" + literal.replace("+", "%20") + ")");
    }
}
// end::class[]
