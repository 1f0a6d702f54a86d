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
        /** A record that was deleted before comes back. */
        RETURN,
        POLL,
        /** Records change between the pages that one poll asks for. */
        POLL_UNDER_WRITES,
        FAIL,
        /** The route delivers an exchange once more by itself. */
        REDELIVER,
        DIE,
        RESTART,
        BREAK_THE_SERVICE,
        /** A gateway answers in place of the service, at any page. */
        ASK_A_STRANGER,
        /** The same where a single record is looked up. */
        LOOK_UP_A_STRANGER,
        REFUSE_THE_NEXT_LINK,
        EXPIRE,
        /** An operator asks for a reload, which takes place under writes. */
        RESYNC,
        /** The token store is full or gone for some polls. */
        BREAK_THE_STORE,
        /** The token store writes, and its answer is lost. */
        LOSE_AN_ANSWER_OF_THE_STORE,
        /** With transactions: the answer to a commit is lost, and the route redelivers. */
        LOSE_THE_ANSWER_TO_A_COMMIT,
        /** The token is lost while nothing changes, and the table is read anew. */
        LOSE_THE_TOKEN,
        /** The other reader polls. */
        LET_THE_RIVAL_POLL,
        /** It does so between two exchanges of the first one. */
        MEET_A_RIVAL,
        /** It does so and fails, so that both stand at one checkpoint. */
        MEET_A_RIVAL_THAT_FAILS,
        /** It does so while the answer to the first one is under way, and records change. */
        OVERLAP_WITH_A_RIVAL
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
