package io.github.cameldataverse.changes.internal.delivery;

import static io.github.cameldataverse.changes.internal.delivery.SampleChanges.A;
import static io.github.cameldataverse.changes.internal.delivery.SampleChanges.delete;
import static io.github.cameldataverse.changes.internal.delivery.SampleChanges.upsert;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.change.Change;
import io.github.cameldataverse.changes.internal.source.TableQueries.RecordState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * One record of a service that lists its upsert if it lives, and then a tombstone for each time it was deleted, over three
 * pages that are interrupted anywhere and come again. Behind the round the sink is where the record was at the last question
 * for the first page, if nothing has happened to it since.
 */
class MovedPagesTest {

    private final SplittableRandom random = new SplittableRandom(23);
    private boolean alive;
    private int version;
    private int deleted;
    private final Existence<RuntimeException> existence =
            (ids, listener) -> ids.forEach(id -> listener.answered(id, alive ? RecordState.LIVES : RecordState.GONE));

    @Test
    void noChangeIsSwallowedWhereWhatWasDeliveredMovesToALaterPage() {
        for (int run = 0; run < 300_000; run++) {
            round(run);
        }
    }

    private void round(int run) {
        alive = random.nextBoolean();
        version = 1;
        deleted = alive ? 0 : 1;
        happens();
        String sink = "";
        Map<String, String> stored = new HashMap<>();
        List<String> tale = new ArrayList<>();
        List<List<Change>> pages = split();
        for (int page = 0; page < 3; page++) {
            int attempts = random.nextInt(1, 4);
            for (int attempt = 1; attempt <= attempts; attempt++) {
                if (page == 0 && attempt > 1) {
                    happens();
                    pages = split();
                }
                boolean whole = attempt == attempts;
                List<Change> served = pages.get(page);
                List<PlannedChange> plan =
                        new PagePlan(stored, SampleChanges.roundTakenUpAt("link")).of(served, existence);
                int delivered = whole ? plan.size() : random.nextInt(plan.size() + 1);
                tale.add("page " + page + " " + words(served) + " with " + stored + " alive " + alive + " delivers "
                        + delivered + " of " + plan.size());
                Map<String, String> before = Map.copyOf(stored);
                for (PlannedChange each : plan.subList(0, delivered)) {
                    sink = each.change().what();
                    stored.put(A, each.history());
                }
                if (whole) {
                    stored = new HashMap<>(PagePlan.leftOver(before, served));
                }
            }
        }
        String expected = alive ? Integer.toString(version) : deleted == 0 ? "" : "deleted";
        assertThat(sink).as("run %s: %s", run, tale).isEqualTo(expected);
    }

    private void happens() {
        for (int events = random.nextInt(4); events > 0; events--) {
            if (!alive) {
                alive = true;
                version++;
            } else if (random.nextBoolean()) {
                alive = false;
                deleted++;
            } else {
                version++;
            }
        }
    }

    private List<List<Change>> split() {
        List<Change> all = new ArrayList<>();
        if (alive) {
            all.add(upsert(A, version));
        }
        for (int i = 0; i < deleted; i++) {
            all.add(delete(A));
        }
        int one = random.nextInt(all.size() + 1);
        int two = random.nextInt(one, all.size() + 1);
        return List.of(all.subList(0, one), all.subList(one, two), all.subList(two, all.size()));
    }

    private static List<String> words(List<Change> page) {
        return page.stream().map(Change::what).toList();
    }
}
