package io.github.cameldataverse.changes.lab.race;

import java.util.List;
import java.util.SplittableRandom;

/**
 * What all readers of a race have in common, as words that fit a command line.
 *
 * @param endpoint options of the endpoint
 * @param transacted whether a reader commits in the transaction of its route, so that every effect is there once
 * @param disturbed whether requests and exchanges fail now and then
 * @param seed of what comes by chance
 */
record RaceOptions(String endpoint, boolean transacted, boolean disturbed, long seed) {

    static RaceOptions of(long seed, String organization, RaceStore store) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean transacted = store.isDatabase() && random.nextBoolean();
        String endpoint = "organizationUrl=" + organization + "&allowInsecure=true&select=name&initialDelay=0&delay=1"
                + "&maxRetries=0&sendEmptyMessageWhenIdle=true&manualCommit=" + transacted
                + "&maxPageSize=" + (2 + random.nextInt(4))
                + "&api=" + api(random.nextBoolean())
                + "&knownIds=" + random.nextBoolean();
        return new RaceOptions(endpoint, transacted, random.nextBoolean(), seed);
    }

    /** Either, unless the run is told which. */
    private static String api(boolean web) {
        return System.getProperty("lab.api", web ? "webApi" : "organizationService");
    }

    List<String> words() {
        return List.of(endpoint, Boolean.toString(transacted), Boolean.toString(disturbed), Long.toString(seed));
    }

    static RaceOptions of(List<String> words) {
        return new RaceOptions(
                words.get(0),
                Boolean.parseBoolean(words.get(1)),
                Boolean.parseBoolean(words.get(2)),
                Long.parseLong(words.get(3)));
    }
}
