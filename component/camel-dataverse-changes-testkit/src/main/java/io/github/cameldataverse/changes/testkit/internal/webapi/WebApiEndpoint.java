package io.github.cameldataverse.changes.testkit.internal.webapi;

import io.github.cameldataverse.changes.testkit.http.ServiceResponse;

/** A group of operations of the Web API. */
interface WebApiEndpoint {
    boolean handles(WebApiRequest call);

    ServiceResponse answer(WebApiRequest call);

    /** Whether it reads rows: faults without a condition wait for such requests. */
    default boolean isData() {
        return false;
    }
}
