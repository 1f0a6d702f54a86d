package io.github.cameldataverse.changes.lab.crash;

import io.github.cameldataverse.changes.api.AlreadyCommittedException;
import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.change.Change;
import io.github.cameldataverse.changes.change.Upsert;
import io.github.cameldataverse.changes.lab.crash.point.CrashPointHttpClient;
import io.github.cameldataverse.changes.lab.crash.point.CrashPointTokens;
import io.github.cameldataverse.changes.lab.crash.point.CrashPoints;
import io.github.cameldataverse.changes.token.TokenConflictException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A reader with points all along its walk. In a process of its own it dies at one of them, or ends when it is idle. */
final class CrashReader extends RouteBuilder {

    private static final Pattern NAME = Pattern.compile("\"name\":\"([^\"]*)\"");

    private final CrashReaderOptions setup;
    private final CrashPoints points;
    private final EffectSink sink;
    private final Runnable idle;

    private CrashReader(CrashReaderOptions setup, CrashPoints points, EffectSink sink, Runnable idle) {
        this.setup = setup;
        this.points = points;
        this.sink = sink;
        this.idle = idle;
    }

    /**
     * Arguments: the number of the point to die at, or a kind of points at the first of which to fall asleep; and the
     * words of the set-up.
     */
    public static void main(String[] arguments) throws Exception {
        CrashPoints points = arguments[0].matches("\\d+")
                ? CrashPoints.haltingAt(Integer.parseInt(arguments[0]))
                : CrashPoints.sleepingAt(arguments[0], 3);
        CrashReaderOptions setup = CrashReaderOptions.of(arguments[1], arguments[2], arguments[3], arguments[4]);
        EffectSink sink = setup.openSink(points);
        CamelContext context = start(setup, points, sink, () -> System.exit(0));
        System.out.println("started " + context.getName());
        // The threads of Camel would let the process end; a reader that is idle ends it.
        Thread.currentThread().join();
    }

    /** @param idle called whenever a poll found nothing */
    static CamelContext start(CrashReaderOptions setup, CrashPoints points, EffectSink sink, Runnable idle)
            throws Exception {
        CamelContext context = new DefaultCamelContext();
        // Management is not used, and it would be a fifth of the start.
        context.disableJMX();
        context.getRegistry().bind("tokens", CrashPointTokens.of(setup.openTokens(sink, points), points));
        context.getRegistry().bind("line", new CrashPointHttpClient(points));
        context.addRoutes(new CrashReader(setup, points, sink, idle));
        context.start();
        return context;
    }

    @Override
    public void configure() {
        if (setup.isTransacted()) {
            // As in docs/cookbook.md, where the dead letters come after it.
            errorHandler(defaultErrorHandler()
                    .maximumRedeliveries(2)
                    .redeliveryDelay(0)
                    .logStackTrace(false)
                    .logExhausted(false)
                    .retryAttemptedLogLevel(LoggingLevel.DEBUG));
            onException(AlreadyCommittedException.class, TokenConflictException.class)
                    .maximumRedeliveries(0)
                    .handled(false)
                    .logExhausted(false)
                    .log(LoggingLevel.DEBUG, "${exception.message}");
        }
        from("dataverse-changes:account?organizationUrl=" + setup.organization() + "&allowInsecure=true"
                        + "&accessToken=demo&idempotentRepository=#tokens&http.httpClientConfigurer=#line&maxPageSize=5"
                        + "&select=name&initialDelay=0&delay=20&sendEmptyMessageWhenIdle=true" + setup.options())
                .process(this::take);
    }

    private void take(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        List<?> batch = exchange.getProperty(DataverseChangesConstants.CHANGES, List.class);
        if (batch != null) {
            for (Object change : batch) {
                take(effect((Change) change), exchange);
            }
        } else if (message.getHeader(DataverseChangesConstants.CHANGE_TYPE) == null) {
            idle.run();
        } else {
            take(effect(message), exchange);
        }
    }

    private void take(SinkEffect effect, Exchange exchange) throws Exception {
        points.reached("before the effect");
        sink.take(effect, exchange);
        points.reached("after the effect");
    }

    private static SinkEffect effect(Change change) {
        boolean upsert = change instanceof Upsert;
        String name = upsert ? name(change.row().text()) : "";
        return new SinkEffect(upsert ? "upsert" : "delete", change.key(), change.id(), name);
    }

    private static SinkEffect effect(Message message) {
        String type = message.getHeader(DataverseChangesConstants.CHANGE_TYPE, String.class);
        String key = message.getHeader(DataverseChangesConstants.KEY, String.class);
        String id = message.getHeader(DataverseChangesConstants.ID, "", String.class);
        return new SinkEffect(type, key, id, "upsert".equals(type) ? name(message.getBody(String.class)) : "");
    }

    private static String name(String row) {
        Matcher name = NAME.matcher(row);
        return name.find() ? name.group(1) : "";
    }
}
