package io.github.cameldataverse.changes.benchmarks.reader;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.benchmarks.protocol.ReaderSpec;
import io.github.cameldataverse.changes.benchmarks.store.Stores;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.dataformat.JsonLibrary;

/**
 * Ours, as in a user's context: with all its promises on. Each load is a subscription of its own, so it begins without a token; it is
 * over when the poll behind it says that nothing is new, which it does only when the token of the last page is stored.
 */
final class DataverseChangesReader implements Reader {

    /** What is no option of the endpoint. */
    private static final Set<String> OWN = Set.of("tokens", "sink", "unmarshal");
    /** A load that takes longer is one whose route never gets on: the log says why. */
    private static final long MINUTES = 10;

    private final AtomicLong rows = new AtomicLong();
    private final CamelContext context = new DefaultCamelContext();
    private final Site site;
    private final Stores stores;
    private final boolean unmarshal;
    private final Map<String, String> options;
    private int loads;

    DataverseChangesReader(Site site, ReaderSpec spec, Stores stores) {
        this.site = site;
        this.stores = stores;
        unmarshal = spec.settings().containsKey("unmarshal");
        options = new HashMap<>(spec.settings());
        options.keySet().removeAll(OWN);
        context.getRegistry().bind("tokens", stores.tokens());
        context.start();
    }

    @Override
    public Reading read() throws Exception {
        rows.set(0);
        loads++;
        int tables = site.workload().tables();
        CountDownLatch over = new CountDownLatch(tables);
        for (int table = 0; table < tables; table++) {
            context.addRoutes(route(table, over));
        }
        boolean token = over.await(MINUTES, TimeUnit.MINUTES);
        for (int table = 0; table < tables; table++) {
            context.getRouteController().stopRoute(Site.TABLE + table);
            context.removeRoute(Site.TABLE + table);
        }
        return new Reading(rows.get(), token);
    }

    private RouteBuilder route(int table, CountDownLatch over) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                RouteDefinition route = from(uri(table)).routeId(Site.TABLE + table);
                route.process(exchange -> count(exchange, over));
                if (unmarshal) {
                    route.unmarshal().json(JsonLibrary.Jackson, WideRow.class);
                }
                route.process(stores.sink());
            }
        };
    }

    /** An exchange without a key says that nothing is new, and goes no further. */
    private void count(Exchange exchange, CountDownLatch over) {
        if (exchange.getMessage().getHeader(DataverseChangesConstants.KEY) == null) {
            over.countDown();
            exchange.setRouteStop(true);
        } else {
            Integer page = exchange.getMessage().getHeader(DataverseChangesConstants.SIZE, Integer.class);
            rows.addAndGet(page == null ? 1 : page);
        }
    }

    private String uri(int table) {
        String more = options.entrySet().stream()
                .map(option -> "&" + option.getKey() + "=" + option.getValue())
                .collect(Collectors.joining());
        return "dataverse-changes:" + Site.TABLE + table + "?organizationUrl=" + site.origin()
                + "&allowInsecure=true&accessToken=demo&idempotentRepository=#tokens&initialDelay=0&delay=50"
                + "&sendEmptyMessageWhenIdle=true&subscription=load" + loads + more;
    }

    @Override
    public void close() throws Exception {
        context.stop();
        stores.close();
    }
}
