package io.github.cameldataverse.changes.preflight;

import io.github.cameldataverse.changes.DataverseChangesEndpoint;
import io.github.cameldataverse.changes.internal.http.AccessTokens;
import io.github.cameldataverse.changes.internal.http.Deadlines;
import io.github.cameldataverse.changes.internal.http.answer.ServiceText;
import io.github.cameldataverse.changes.internal.http.budget.RequestBudget;
import io.github.cameldataverse.changes.internal.http.clock.OwnClock;
import io.github.cameldataverse.changes.internal.organization.OrganizationConnection;
import io.github.cameldataverse.changes.internal.preflight.PreflightChecks;
import io.github.cameldataverse.changes.internal.preflight.PreflightReport;
import io.github.cameldataverse.changes.internal.repository.TokenRepositories;
import io.github.cameldataverse.changes.internal.subscription.RegistryBeans;
import io.github.cameldataverse.changes.internal.subscription.Subscription;
import io.github.cameldataverse.changes.internal.subscription.SubscriptionOptions;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.URISupport;

/**
 * Looks, from the command line, at everything that a reader of changes needs, and prints it as a table. Takes one
 * argument: the URI of the endpoint, as the route has it. It reads at most one row, delivers nothing and moves no token.
 * The exit code is 0 if changes can be read, 1 if something has to be repaired first, 2 if the URI cannot be used, and 3
 * if that is not known because something could not be reached.
 *
 * <p>No secret is printed. Give secrets as {@code {{env:NAME}}}, so that they do not stand in the list of processes.
 */
public final class Preflight {

    private static final String SCHEME = "dataverse-changes";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[^{}]+}}");
    private static final List<String> PREFIXES = List.of("http.", "scheduler.");

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
     * properties. Tokens that a component keeps in memory are not seen, and its budget of requests is not shared.
     *
     * @param uri the endpoint, as a route names it
     * @param out gets the findings, one a line
     * @return the exit code, as above
     */
    public static int run(CamelContext context, String uri, PrintStream out) {
        ScheduledExecutorService deadlines = Deadlines.pool(context, new Preflight());
        try {
            DataverseChangesEndpoint endpoint = context.getEndpoint(uri, DataverseChangesEndpoint.class);
            Subscription subscription = subscription(context, endpoint);
            RequestBudget budget =
                    new RequestBudget(endpoint.getComponent().getMaxConcurrentRequests(), Clock.systemUTC());
            OrganizationConnection.Shared alone = new OrganizationConnection.Shared(
                    budget, new AccessTokens.Kept(), OwnClock.ofThisMachine(), () -> deadlines);
            try (TokenRepositories repositories = new TokenRepositories();
                    OrganizationConnection connection = OrganizationConnection.open(context, subscription, alone)) {
                PreflightReport report = new PreflightChecks(context, repositories, subscription, connection).run();
                out.println(report.table());
                return report.exitCode();
            }
        } catch (Exception e) {
            out.println("The endpoint cannot be used: " + reason(context, uri, e));
            return PreflightReport.WRONG_COMMAND;
        } finally {
            context.getExecutorServiceManager().shutdownNow(deadlines);
        }
    }

    /** What a consumer of the endpoint would read. */
    private static Subscription subscription(CamelContext context, DataverseChangesEndpoint endpoint) {
        RegistryBeans beans = new RegistryBeans(context.getRegistry(), SCHEME + ":" + endpoint.getTable());
        return SubscriptionOptions.check(
                endpoint.getTable(), beans.forConsumer(endpoint.getConfiguration()), new MemoryDeltaTokenRepository());
    }

    /** Camel's own sentence repeats the URI and the values of options, and a secret may be among them. */
    private static String reason(CamelContext context, String uri, Exception e) {
        for (Throwable each = e; each != null; each = each.getCause()) {
            if (each instanceof IllegalArgumentException && each.getStackTrace().length > 0 && isOurs(each)) {
                return ServiceText.clean(String.valueOf(each.getMessage()));
            }
        }
        Optional<String> unreadable = unset(context, uri).or(() -> withoutScheme(uri));
        if (unreadable.isPresent()) {
            return unreadable.get();
        }
        List<String> unknown = unknownOptions(context, uri);
        return unknown.isEmpty()
                ? "something in its URI cannot be read (" + e.getClass().getSimpleName()
                        + "); compare its options with the list in docs/options.md"
                : "it has no option of the name " + ServiceText.clean(String.join(" or ", unknown));
    }

    private static Optional<String> unset(CamelContext context, String uri) {
        return PLACEHOLDER
                .matcher(uri)
                .results()
                .map(MatchResult::group)
                .filter(placeholder -> !isSet(context, placeholder))
                .findFirst()
                .map(placeholder -> "the placeholder " + ServiceText.clean(placeholder)
                        + " has no value; set the property or the environment variable that it names");
    }

    private static boolean isSet(CamelContext context, String placeholder) {
        try {
            return context.resolvePropertyPlaceholders(placeholder) != null;
        } catch (Exception e) {
            return false;
        }
    }

    private static Optional<String> withoutScheme(String uri) {
        return uri.startsWith(SCHEME + ":")
                ? Optional.empty()
                : Optional.of("it must begin with " + SCHEME + ": and the name of a table, as " + SCHEME
                        + ":account?organizationUrl=…");
    }

    private static List<String> unknownOptions(CamelContext context, String uri) {
        EndpointUriFactory factory = context.getCamelContextExtension().getEndpointUriFactory(SCHEME);
        Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        known.addAll(factory.propertyNames());
        return given(uri).stream()
                .filter(name -> !known.contains(name))
                .filter(name -> PREFIXES.stream().noneMatch(name::startsWith))
                .toList();
    }

    private static Set<String> given(String uri) {
        try {
            return URISupport.parseQuery(StringHelper.after(uri, "?", "")).keySet();
        } catch (URISyntaxException e) {
            return Set.of();
        }
    }

    private static boolean isOurs(Throwable e) {
        return e.getStackTrace()[0].getClassName().startsWith(DataverseChangesEndpoint.class.getPackageName());
    }
}
