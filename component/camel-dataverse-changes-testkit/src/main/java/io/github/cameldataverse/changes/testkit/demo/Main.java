package io.github.cameldataverse.changes.testkit.demo;

import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.SimulatorBuilder;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/** Serves a simulated organization until it is stopped. */
public final class Main {
    private Main() {}

    /** The exit code is 2 for a mistake in the command line, and 1 if the simulator cannot start. */
    public static void main(String... words) throws InterruptedException {
        if (Arrays.asList(words).contains("--help")) {
            System.out.print(CommandLine.USAGE);
            return;
        }
        int refused = start(words, System.out, System.err);
        if (refused != 0) {
            System.exit(refused);
        }
        new CountDownLatch(1).await();
    }

    private static int start(String[] words, PrintStream out, PrintStream err) {
        CommandLine arguments;
        try {
            arguments = CommandLine.of(words);
        } catch (IllegalArgumentException unclear) {
            err.println(unclear.getMessage());
            return 2;
        }
        try {
            serve(arguments, out);
            return 0;
        } catch (IllegalStateException | UncheckedIOException impossible) {
            err.println(impossible.getMessage());
            return 1;
        }
    }

    private static void serve(CommandLine arguments, PrintStream out) {
        SimulatorBuilder builder = DataverseSimulator.builder().port(arguments.port());
        arguments.journal().ifPresent(builder::journal);
        arguments.accessToken().ifPresent(builder::accessToken);
        DataverseSimulator simulator = builder.build();
        DemoOrganization demo = DemoOrganization.startOn(simulator, arguments.rate(), arguments.seed());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(demo, simulator)));
        greet(arguments, simulator, out);
    }

    private static void stop(DemoOrganization demo, DataverseSimulator simulator) {
        demo.close();
        simulator.close();
    }

    private static void greet(CommandLine arguments, DataverseSimulator simulator, PrintStream out) {
        String token = arguments.accessToken().orElse("demo");
        out.println("Organization:  " + simulator.organizationUrl());
        out.println("Access token:  " + token + (arguments.accessToken().isPresent() ? "" : " (or any)"));
        out.println("Tables:        account (" + simulator.table("account").size() + " rows), contact ("
                + simulator.table("contact").size() + " rows), " + arguments.rate() + " writes per second");
        out.println("Camel:         dataverse-changes:account?organizationUrl=" + simulator.organizationUrl()
                + "&accessToken=" + token + "&allowInsecure=true");
        out.println("Stop with Ctrl+C.");
    }
}
