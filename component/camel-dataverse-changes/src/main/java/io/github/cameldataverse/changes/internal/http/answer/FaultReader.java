package io.github.cameldataverse.changes.internal.http.answer;

import io.github.cameldataverse.changes.api.ServiceFault;

/** Tells from an answer what went wrong. Each API of the service writes its faults in its own way. */
@FunctionalInterface
public interface FaultReader {

    /** Returns if the answer is good; throws what is wrong with it otherwise. */
    void check(Answer answer) throws ServiceFault;
}
