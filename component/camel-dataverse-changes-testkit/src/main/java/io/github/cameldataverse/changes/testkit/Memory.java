package io.github.cameldataverse.changes.testkit;

import io.github.cameldataverse.changes.testkit.journal.Journal;
import io.github.cameldataverse.changes.testkit.model.Entry;
import io.github.cameldataverse.changes.testkit.model.Organization;
import java.nio.file.Path;

/** Makes an organization again from its journal, and has everything kept there from then on. */
final class Memory {
    private Memory() {}

    static Journal open(Path directory, Organization organization, SimulatorClock clock) {
        Entry.Replay remaking = organization.remaking(clock::restore);
        Journal journal = new Journal(directory, entry -> entry.applyTo(remaking));
        if (journal.isLong(organization.size())) {
            journal.compact(entries -> {
                organization.snapshot(entries);
                entries.accept(new Entry.ClockMoved(clock.offset()));
            });
        }
        organization.keepIn(journal);
        clock.onMove(offset -> journal.append(new Entry.ClockMoved(offset)));
        return journal;
    }
}
