package io.github.cameldataverse.changes.testkit.feed;

import io.github.cameldataverse.changes.testkit.model.Table;
import io.github.cameldataverse.changes.testkit.model.Versions;
import io.github.cameldataverse.changes.testkit.switches.MalformedToken;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.wire.Question;
import io.github.cameldataverse.changes.testkit.wire.ServiceException;
import java.time.Instant;
import java.util.Optional;

/** Where the page that is asked for begins: by its paging cookie, by its delta token, or at the beginning. */
record Starts(Table table, Switches switches, Versions versions, Instant now) {
    Position position(Question question) {
        Optional<Position> further = question.query().value("$skiptoken").map(this::further);
        return new TokenAge(table, switches, now).checked(further.orElseGet(() -> first(question)));
    }

    /** Where a page begins that is asked for by data version and paging cookie; without either, a load does. */
    Position position(Optional<String> dataVersion, Optional<String> cookie) {
        Position position = cookie.map(text -> continued(SkipToken.readInner(text), dataVersion))
                .orElseGet(() -> dataVersion.map(this::delta).orElseGet(this::load));
        return new TokenAge(table, switches, now).checked(position);
    }

    /** Up to where the client has read when it has this page. */
    long readUpTo(Position begin) {
        return switch (switches.get(Switch.WATERMARK)) {
            case FIRST_PAGE -> begin.upTo();
            case LAST_PAGE -> versions.watermark();
        };
    }

    private Position load() {
        return Position.start(Position.Kind.LOAD, 0, versions.watermark(), now);
    }

    /** The cookie of a delta goes with the data version of that delta, on every page. */
    private Position continued(Position position, Optional<String> dataVersion) {
        boolean same = dataVersion
                .filter(text -> delta(text).from() == position.from())
                .isPresent();
        if (position.kind() == Position.Kind.DELTA && !same) {
            throw SkipToken.refused();
        }
        return known(position);
    }

    private Position first(Question question) {
        Optional<String> token = question.query().value("$deltatoken");
        if (token.isPresent()) {
            return delta(token.get());
        }
        boolean tracked = question.preferences().trackChanges();
        return Position.start(tracked ? Position.Kind.LOAD : Position.Kind.QUERY, 0, versions.watermark(), now);
    }

    Position delta(String text) {
        DeltaToken token = DeltaToken.read(text)
                .filter(read -> versions.reaches(read.version()))
                .orElseThrow(this::malformed);
        return Position.start(Position.Kind.DELTA, token.version(), versions.watermark(), token.obtained());
    }

    private Position further(String text) {
        return known(SkipToken.read(text));
    }

    private Position known(Position position) {
        if (position.tracked() && !versions.reaches(position.upTo())) {
            throw SkipToken.refused();
        }
        return position;
    }

    /** Malformed, or of another organization. */
    private ServiceException malformed() {
        MalformedToken how = switches.get(Switch.MALFORMED_TOKEN);
        return new ServiceException(400, how.code(), how.message());
    }
}
