package io.github.cameldataverse.changes.testkit.internal.webapi;

import io.github.cameldataverse.changes.testkit.http.ServiceResponse;

/** One of the things that can be asked of the Web API. */
interface WebApiEndpoint {
    boolean handles(WebApiRequest call);

    ServiceResponse answer(WebApiRequest call);

    /** Whether it reads rows: what faults strike, unless they say otherwise. */
    default boolean isData() {
        return false;
    }
}
