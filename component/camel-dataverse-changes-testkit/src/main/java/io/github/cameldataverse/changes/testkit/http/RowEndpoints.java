package io.github.cameldataverse.changes.testkit.http;

import io.github.cameldataverse.changes.testkit.feed.ChangeCount;
import io.github.cameldataverse.changes.testkit.feed.ChangeFeed;
import io.github.cameldataverse.changes.testkit.feed.SingleRow;
import io.github.cameldataverse.changes.testkit.model.Organization;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.wire.Answer;
import java.util.Optional;

/** Reads rows: of a set, of a count, of one row. */
final class RowEndpoints implements Endpoint {
    private final Organization organization;
    private final ChangeFeed feed;
    private final ChangeCount count;
    private final SingleRow row;

    RowEndpoints(Organization organization, Switches switches) {
        this.organization = organization;
        this.feed = new ChangeFeed(organization, switches);
        this.count = new ChangeCount(organization, switches);
        this.row = new SingleRow(organization, switches);
    }

    @Override
    public boolean handles(Call call) {
        return call.isGet() && resource(call).isPresent();
    }

    @Override
    public boolean isData() {
        return true;
    }

    @Override
    public Answer answer(Call call) {
        Resource resource = resource(call).orElseThrow();
        if (resource.isSet()) {
            return feed.answer(call.question(), resource.table(), call.service());
        }
        return resource.id()
                .map(id -> row.answer(call.question(), resource.table(), id, call.service()))
                .orElseGet(() -> count.answer(call.question(), resource.table()));
    }

    private Optional<Resource> resource(Call call) {
        return Resource.of(call.resource(), organization);
    }
}
