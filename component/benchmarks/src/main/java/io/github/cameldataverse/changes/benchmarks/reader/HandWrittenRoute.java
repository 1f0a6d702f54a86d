package io.github.cameldataverse.changes.benchmarks.reader;

import io.github.cameldataverse.changes.benchmarks.protocol.ReaderSpec;
import io.github.cameldataverse.changes.benchmarks.store.Stores;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.dataformat.JsonLibrary;
import org.apache.camel.support.ExpressionAdapter;
import org.jspecify.annotations.Nullable;

/**
 * The route that one writes without our component: Camel HTTP, Camel Jackson and a splitter, with the link of the next page in a
 * property. It keeps no promise: with a token file it loses what the rest of the page holds when it dies, without one it begins
 * anew.
 */
final class HandWrittenRoute implements Reader {

    private final AtomicLong rows = new AtomicLong();
    private final CamelContext context = new DefaultCamelContext();
    private final Stores stores;

    HandWrittenRoute(Site site, ReaderSpec spec, Stores stores, Path directory) throws Exception {
        this.stores = stores;
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                ProcessorDefinition<?> page = nextPage(this, site.firstLink());
                if (spec.setting("exchangePer", "change").equals("page")) {
                    take(page.setBody(member("value")));
                } else {
                    take(page.split(member("value")));
                }
                if (spec.setting("tokens", "none").equals("file")) {
                    page.setBody(simple("${exchangeProperty.link}${exchangeProperty.delta}"))
                            .to("file:" + directory + "?fileName=token&tempPrefix=.part-");
                }
            }
        });
        context.start();
    }

    private static ProcessorDefinition<?> nextPage(RouteBuilder route, String firstLink) {
        return route.from("direct:read")
                // HttpClient has unpacked the answer, and left the header that says it was packed.
                .setProperty(Exchange.SKIP_GZIP_ENCODING, route.constant(true))
                .setProperty("link", route.constant(firstLink))
                .loopDoWhile(route.exchangeProperty("link").isNotNull())
                .removeHeaders("*")
                .setHeader("Authorization", route.constant("Bearer demo"))
                .setHeader("Prefer", route.constant("odata.track-changes"))
                .setHeader(Exchange.HTTP_METHOD, route.constant("GET"))
                .setBody(route.constant(""))
                .toD("${exchangeProperty.link}")
                .unmarshal()
                .json(JsonLibrary.Jackson)
                .setProperty("delta", member("@odata.deltaLink"))
                .setProperty("link", member("@odata.nextLink"));
    }

    /** Not in the language Simple: it takes the hash of the whole page, with all rows, each time, which doubles what this route costs. */
    private static Expression member(String name) {
        return new ExpressionAdapter() {
            @Override
            public @Nullable Object evaluate(Exchange exchange) {
                return exchange.getMessage().getBody(Map.class).get(name);
            }
        };
    }

    private void take(ProcessorDefinition<?> rowsOrPage) {
        rowsOrPage.process(this::count).process(stores.sink());
    }

    private void count(Exchange exchange) {
        rows.addAndGet(exchange.getMessage().getBody() instanceof List<?> page ? page.size() : 1);
    }

    @Override
    public Reading read() {
        rows.set(0);
        Exchange end = context.createProducerTemplate().send("direct:read", exchange -> {});
        if (end.getException() != null) {
            throw new IllegalStateException(end.getException());
        }
        return new Reading(rows.get(), end.getProperty("delta") != null);
    }

    @Override
    public void close() throws Exception {
        context.stop();
        stores.close();
    }
}
