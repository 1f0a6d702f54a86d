package io.github.cameldataverse.changes.testkit.http;

import io.github.cameldataverse.changes.testkit.wire.Answer;

/** One of the things that can be asked of the Web API. */
interface Endpoint {
    boolean handles(Call call);

    Answer answer(Call call);

    /** Whether it reads rows: what faults strike, unless they say otherwise. */
    default boolean isData() {
        return false;
    }
}
