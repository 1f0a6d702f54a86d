package io.github.cameldataverse.changes.preflight;

import io.github.cameldataverse.changes.DataverseChangesEndpoint;
import io.github.cameldataverse.changes.internal.http.answer.ServiceText;
import io.github.cameldataverse.changes.internal.http.budget.RequestBudget;
import io.github.cameldataverse.changes.internal.organization.OrganizationConnection;
import io.github.cameldataverse.changes.internal.preflight.PreflightChecks;
import io.github.cameldataverse.changes.internal.preflight.PreflightReport;
import io.github.cameldataverse.changes.internal.subscription.Subscription;
import java.io.PrintStream;
import java.time.Clock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Looks, from the command line, at everything that a reader of changes needs, and prints it as a table. Takes one
 * argument: the URI of the endpoint, as the route has it. It reads at most one row, delivers nothing and moves no token.
 * The exit code is 0 if changes can be read, 1 if somebody has to mend something first, 2 if the URI is no good, and 3
 * if it could not be told now because something could not be reached.
 *
 * <p>No secret is printed. Give secrets as {@code {{env:NAME}}}, so that they do not stand in the list of processes.
 */
public final class Preflight {

    private static final Pattern UNKNOWN = Pattern.compile("Unknown parameters=\\[\\{(.*)\\}\\]");
    private static final Pattern NAME = Pattern.compile("([A-Za-z.]+)=");

    private Preflight() {}

    /** @param arguments the URI of the endpoint, and nothing else */
    public static void main(String... arguments) throws Exception {
        if (arguments.length != 1) {
            System.err.println(
                    "Give one argument, the URI of the endpoint: 'dataverse-changes:account?organizationUrl=…'");
            System.exit(PreflightReport.WRONG_COMMAND);
        }
        int code;
        try (CamelContext context = new DefaultCamelContext()) {
            context.start();
            code = run(context, arguments[0], System.out);
        }
        System.exit(code);
    }

    /**
     * Checks an endpoint as the command line does, in a Camel context of your own: with its components, beans and
     * properties.
     *
     * @param uri the endpoint, as a route names it
     * @param out gets the findings, one a line
     * @return the exit code, as above
     */
    public static int run(CamelContext context, String uri, PrintStream out) {
        try {
            DataverseChangesEndpoint endpoint = context.getEndpoint(uri, DataverseChangesEndpoint.class);
            Subscription subscription = endpoint.subscription();
            RequestBudget budget = endpoint.getComponent().budget(subscription);
            try (OrganizationConnection connection = OrganizationConnection.open(context, subscription, budget)) {
                PreflightReport report =
                        new PreflightChecks(context, subscription, connection, Clock.systemUTC()).run();
                out.println(report.table());
                return report.exitCode();
            }
        } catch (Exception e) {
            out.println("The endpoint cannot be used: " + reason(e));
            return PreflightReport.WRONG_COMMAND;
        }
    }

    /** Camel's own sentence repeats the URI and the values of options, and a secret may be among them. */
    private static String reason(Exception e) {
        for (Throwable each = e; each != null; each = each.getCause()) {
            if (each instanceof IllegalArgumentException && each.getStackTrace().length > 0 && isOurs(each)) {
                return ServiceText.clean(String.valueOf(each.getMessage()));
            }
        }
        Matcher unknown = UNKNOWN.matcher(String.valueOf(e.getMessage()));
        if (e instanceof ResolveEndpointFailedException && unknown.find()) {
            return "it has no option of the name "
                    + NAME.matcher(unknown.group(1))
                            .results()
                            .map(name -> name.group(1))
                            .collect(Collectors.joining(" or "));
        }
        return "something in its URI cannot be read (" + e.getClass().getSimpleName()
                + "); compare its options with the list in docs/options.md";
    }

    private static boolean isOurs(Throwable e) {
        return e.getStackTrace()[0].getClassName().startsWith(DataverseChangesEndpoint.class.getPackageName());
    }
}
