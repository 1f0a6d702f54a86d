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
        Position position = SkipToken.read(text);
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
