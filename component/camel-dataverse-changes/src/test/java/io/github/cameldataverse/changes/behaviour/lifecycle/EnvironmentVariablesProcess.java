package io.github.cameldataverse.changes.behaviour.lifecycle;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/** Camel Main in a process of its own, with an environment that its parent chose. It says what it gets, or why it ends. */
public final class EnvironmentVariablesProcess extends RouteBuilder {

    private EnvironmentVariablesProcess() {}

    /** Arguments: properties, as they would stand in application.properties. */
    public static void main(String[] args) {
        Main main = new Main();
        for (String property : args) {
            int sign = property.indexOf('=');
            main.addInitialProperty(property.substring(0, sign), property.substring(sign + 1));
        }
        main.configure().addRoutesBuilder(new EnvironmentVariablesProcess());
        try {
            main.run();
        } catch (Exception e) {
            System.out.println("failed " + words(e));
            System.exit(1);
        }
    }

    private static String words(Exception failure) {
        return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .map(cause -> String.valueOf(cause.getMessage()).replace('\n', ' '))
                .collect(Collectors.joining(" <- "));
    }

    @Override
    public void configure() {
        from("dataverse-changes:account?initialDelay=0&delay=100")
                .process(exchange ->
                        System.out.println("got " + exchange.getMessage().getHeader(DataverseChangesConstants.ID)));
    }
}
