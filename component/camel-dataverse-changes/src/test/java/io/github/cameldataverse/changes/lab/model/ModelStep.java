package io.github.cameldataverse.changes.lab.model;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One step of a model walk.
 *
 * @param kind what is done
 * @param argument which record, which call: as many as there are, counted round and round
 */
record ModelStep(Kind kind, int argument) {

    enum Kind {
        CREATE,
        UPDATE,
        DELETE,
        COME_AND_GO,
        GO_AND_RETURN,
        POLL,
        FAIL,
        DIE,
        RESTART,
        BREAK_THE_SERVICE,
        REFUSE_THE_NEXT_LINK,
        EXPIRE,
        MEET_A_RIVAL
    }

    private static final int ARGUMENTS = 1_000;
    private static final Kind[] OFTEN = {
        Kind.CREATE, Kind.CREATE, Kind.UPDATE, Kind.DELETE, Kind.GO_AND_RETURN, Kind.POLL, Kind.FAIL, Kind.DIE
    };

    static List<ModelStep> walk(long seed, int length) {
        SplittableRandom random = new SplittableRandom(seed);
        List<ModelStep> steps = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            Kind[] kinds = random.nextInt(2) == 0 ? OFTEN : Kind.values();
            steps.add(new ModelStep(kinds[random.nextInt(kinds.length)], random.nextInt(ARGUMENTS)));
        }
        return steps;
    }
}
