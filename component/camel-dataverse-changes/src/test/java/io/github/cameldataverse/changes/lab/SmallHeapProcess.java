package io.github.cameldataverse.changes.lab;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.JavaCommand;
import java.io.IOException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/** A reader in a process of its own with little memory, which says what it gets and what goes wrong. */
public final class SmallHeapProcess extends RouteBuilder {

    private final String organization;
    private final String options;

    private SmallHeapProcess(String organization, String options) {
        this.organization = organization;
        this.options = options;
    }

    /** Arguments: address of the organization, options of the endpoint. */
    public static void main(String[] args) throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(new SmallHeapProcess(args[0], args[1]));
        main.run();
    }

    static Process start(String organization, String limits) throws IOException {
        return process(64, organization, "accessToken=demo&" + limits).start();
    }

    /** @param megabytes of heap */
    static ProcessBuilder process(int megabytes, String organization, String options) {
        return new ProcessBuilder(JavaCommand.of(megabytes, SmallHeapProcess.class, organization, options))
                .redirectErrorStream(true);
    }

    @Override
    public void configure() {
        from("dataverse-changes:account?organizationUrl=" + organization + "&allowInsecure=true&" + options
                        + "&initialDelay=0&delay=50&maxRetries=0")
                .process(exchange ->
                        System.out.println("got " + exchange.getMessage().getHeader(DataverseChangesConstants.KEY)));
    }
}
