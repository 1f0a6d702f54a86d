package io.github.cameldataverse.changes.testkit;

import io.github.cameldataverse.changes.testkit.internal.journal.OrganizationJournal;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationEvent;
import io.github.cameldataverse.changes.testkit.internal.organization.OrganizationTables;
import java.nio.file.Path;

/** Makes an organization again from its journal, and has everything kept there from then on. */
final class JournaledOrganization {
    private JournaledOrganization() {}

    static OrganizationJournal open(Path directory, OrganizationTables organization, SimulatorClock clock) {
        OrganizationEvent.Replay remaking = organization.remaking(clock::restore);
        OrganizationJournal journal = new OrganizationJournal(directory, entry -> entry.applyTo(remaking));
        if (journal.isLong(organization.size())) {
            journal.compact(entries -> {
                organization.snapshot(entries);
                entries.accept(new OrganizationEvent.ClockMoved(clock.offset()));
            });
        }
        organization.keepIn(journal);
        clock.onMove(offset -> journal.append(new OrganizationEvent.ClockMoved(offset)));
        return journal;
    }
}
