package io.github.cameldataverse.changes.lab.memory;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.JavaCommand;
import java.io.IOException;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.main.Main;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;

/** A reader in a process of its own with little memory, which says what it gets and what goes wrong. */
public final class SmallHeapProcess extends RouteBuilder {

    private final String organization;
    private final String options;
    private final Pool pool;

    /** Whose connections the reader borrows. */
    enum Pool {
        /** Camel's, as its HTTP component makes them. */
        CAMELS,
        /** The user's, who allows headers of any length, as httpcore5 before 5.4.3 did. */
        USERS_WITHOUT_LIMITS
    }

    private SmallHeapProcess(String organization, String options, Pool pool) {
        this.organization = organization;
        this.options = options;
        this.pool = pool;
    }

    /** Arguments: address of the organization, options of the endpoint, a word for the pool. */
    public static void main(String[] args) throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(new SmallHeapProcess(args[0], args[1], Pool.valueOf(args[2])));
        main.run();
    }

    public static Process start(String organization, String limits) throws IOException {
        return process(64, organization, "accessToken=demo&" + limits, Pool.CAMELS)
                .start();
    }

    /**
     * It ends at the first OutOfMemoryError of any thread, be it caught or not.
     *
     * @param megabytes of heap
     * @param more arguments of the JVM
     */
    static ProcessBuilder process(int megabytes, String organization, String options, Pool pool, String... more) {
        ProcessBuilder command = new ProcessBuilder(
                        JavaCommand.of(megabytes, SmallHeapProcess.class, organization, options, pool.name()))
                .redirectErrorStream(true);
        command.environment().put("JAVA_TOOL_OPTIONS", "-XX:+ExitOnOutOfMemoryError " + String.join(" ", more));
        return command;
    }

    @Override
    public void configure() {
        if (pool == Pool.USERS_WITHOUT_LIMITS) {
            unlimited(getContext(), "http");
            unlimited(getContext(), "https");
        }
        from("dataverse-changes:account?organizationUrl=" + organization + "&allowInsecure=true&" + options
                        + "&initialDelay=0&delay=20&maxRetries=0")
                .process(exchange ->
                        System.out.println("got " + exchange.getMessage().getHeader(DataverseChangesConstants.KEY)));
    }

    private static void unlimited(CamelContext context, String scheme) {
        Http1Config config = Http1Config.custom()
                .setMaxLineLength(-1)
                .setMaxHeaderCount(-1)
                .setMaxEmptyLineCount(Integer.MAX_VALUE)
                .build();
        context.getComponent(scheme, HttpComponent.class)
                .setClientConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(config)
                                .build())
                        .build());
    }
}
