package io.github.cameldataverse.changes.testkit.demo;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command line of the program.
 *
 * @param port to listen on
 * @param journal where the organization is kept
 * @param rate writes per second
 * @param seed rows per table to begin with
 * @param accessToken the only access token that is accepted, if there is one
 */
record CommandLine(
        int port, Optional<Path> journal, double rate, Map<String, Integer> seed, Optional<String> accessToken) {
    static final String USAGE =
            """
            Serves a simulated Dataverse organization with accounts and contacts that change continuously.

              --port <number>            port to listen on, on 127.0.0.1; 8099; 0 takes a free one
              --journal <directory>      keeps the organization in this directory over restarts
              --rate <number>            writes per second; 2; 0 for none
              --seed <table>=<rows>      rows at the start, for account or contact; can be given for both
              --access-token <token>     the only access token that is accepted; without it, any is
            """;

    /** Parses the command line; a mistake in it is an IllegalArgumentException with one sentence. */
    static CommandLine of(String... words) {
        CommandLine arguments = new CommandLine(8099, Optional.empty(), 2, Map.of(), Optional.empty());
        List<String> all = List.of(words);
        for (int i = 0; i < all.size(); i += 2) {
            String option = all.get(i);
            if (i + 1 == all.size()) {
                throw new IllegalArgumentException("The option " + option + " needs a value; --help shows all options");
            }
            arguments = arguments.with(option, all.get(i + 1));
        }
        return arguments;
    }

    private CommandLine with(String option, String value) {
        return switch (option) {
            case "--port" -> new CommandLine(port(value), journal, rate, seed, accessToken);
            case "--journal" -> new CommandLine(port, Optional.of(Path.of(value)), rate, seed, accessToken);
            case "--rate" -> new CommandLine(port, journal, rate(value), seed, accessToken);
            case "--seed" -> new CommandLine(port, journal, rate, seed(value), accessToken);
            case "--access-token" -> new CommandLine(port, journal, rate, seed, Optional.of(value));
            default ->
                throw new IllegalArgumentException("There is no option " + option + "; --help shows all options");
        };
    }

    private static int port(String value) {
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65535) {
            throw new IllegalArgumentException("The port is a number from 0 to 65535, not '" + value + "'");
        }
        return Integer.parseInt(value);
    }

    private static double rate(String value) {
        if (!value.matches("\\d{1,5}(\\.\\d{1,6})?") || Double.parseDouble(value) > 10_000) {
            throw new IllegalArgumentException(
                    "The rate is a number of writes per second from 0 to 10000, not '" + value + "'");
        }
        return Double.parseDouble(value);
    }

    private Map<String, Integer> seed(String value) {
        if (!value.matches("(account|contact)=\\d{1,8}")) {
            throw new IllegalArgumentException(
                    "The seed is given as account=<rows> or contact=<rows>, not as '" + value + "'");
        }
        Map<String, Integer> both = new LinkedHashMap<>(seed);
        int equals = value.indexOf('=');
        both.put(value.substring(0, equals), Integer.valueOf(value.substring(equals + 1)));
        return both;
    }
}
