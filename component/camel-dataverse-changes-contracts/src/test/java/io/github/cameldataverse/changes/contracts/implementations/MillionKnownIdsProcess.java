package io.github.cameldataverse.changes.contracts.implementations;

import static io.github.cameldataverse.changes.contracts.ContractCheckpoints.ACCOUNTS;

import io.github.cameldataverse.changes.token.KnownIds;
import io.github.cameldataverse.changes.token.file.FileDeltaTokenRepository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A full load and a reload of a million records, of which a thousand do not come again, as its own process. */
final class MillionKnownIdsProcess {

    private static final int RECORDS = 1_000_000;
    private static final int PAGE = 5_000;
    private static final int GONE = 1_000;

    private MillionKnownIdsProcess() {}

    public static void main(String[] arguments) {
        FileDeltaTokenRepository repository = new FileDeltaTokenRepository(Path.of(arguments[0]));
        repository.start();
        KnownIds known = repository.knownIds(ACCOUNTS).orElseThrow();
        known.begin();
        load(known, 1, 0);
        long begin = System.nanoTime();
        load(known, 2, GONE);
        long loaded = System.nanoTime();
        KnownIds.Tally tally = known.tally(2);
        int forgotten = forget(known);
        long end = System.nanoTime();
        if (known.tally(2).older() != 0 || forgotten != tally.older()) {
            throw new IllegalStateException("left: " + known.tally(2));
        }
        repository.stop();
        System.out.println("missing " + forgotten + " of " + tally.ids() + ", noted in " + (loaded - begin) / 1_000_000
                + " ms, told in " + (end - loaded) / 1_000_000 + " ms");
    }

    private static void load(KnownIds known, long round, int from) {
        for (int first = from; first < RECORDS; first += PAGE) {
            List<String> page = new ArrayList<>();
            for (int i = first; i < Math.min(first + PAGE, RECORDS); i++) {
                page.add(new UUID(i * 0x5DEECE66DL, ~i).toString());
            }
            known.expect(0, round, page);
        }
    }

    private static int forget(KnownIds known) {
        int forgotten = 0;
        List<String> chunk = known.olderThan(2, "", 500);
        while (!chunk.isEmpty()) {
            chunk.forEach(id -> known.forget(0, id, 2));
            forgotten += chunk.size();
            chunk = known.olderThan(2, chunk.get(chunk.size() - 1), 500);
        }
        return forgotten;
    }
}
