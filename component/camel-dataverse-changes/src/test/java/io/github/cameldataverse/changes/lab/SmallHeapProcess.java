package io.github.cameldataverse.changes.lab;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.JavaCommand;
import java.io.IOException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/** A reader in a process of its own with little memory, which says what it gets and what goes wrong. */
public final class SmallHeapProcess extends RouteBuilder {

    private final String organization;
    private final String limits;

    private SmallHeapProcess(String organization, String limits) {
        this.organization = organization;
        this.limits = limits;
    }

    /** Arguments: address of the organization, options of the endpoint. */
    public static void main(String[] args) throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(new SmallHeapProcess(args[0], args[1]));
        main.run();
    }

    static Process start(String organization, String limits) throws IOException {
        return new ProcessBuilder(JavaCommand.of(64, SmallHeapProcess.class, organization, limits))
                .redirectErrorStream(true)
                .start();
    }

    @Override
    public void configure() {
        from("dataverse-changes:account?organizationUrl=" + organization + "&allowInsecure=true&accessToken=demo&"
                        + limits + "&initialDelay=0&delay=50&maxRetries=0")
                .process(exchange ->
                        System.out.println("got " + exchange.getMessage().getHeader(DataverseChangesConstants.KEY)));
    }
}
