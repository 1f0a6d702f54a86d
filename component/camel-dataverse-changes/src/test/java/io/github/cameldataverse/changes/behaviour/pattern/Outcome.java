package io.github.cameldataverse.changes.behaviour.pattern;

/** What becomes of a change that a step of the route fails on or hangs in, and why. */
public enum Outcome {
    COMES_AGAIN("the failure reaches the consumer", Step.FAILS_AGAIN),
    QUEUED("the change is accepted when it is in a queue in memory", Step.FAILS),
    COLLECTED("the change is accepted when it is in the aggregation repository", Step.FAILS),
    COPIED("a failure of the copy is not told", Step.FAILS),
    NOT_WAITED_FOR("what takes longer is not waited for, and what becomes of it is not told", Step.FAILS),
    DROPPED("the aggregated exchange is without the failure", Step.FAILS),
    HANDLED("the failure is handled, whatever became of the change", Step.FAILS),
    HANDLED_TWICE(
            "Camel handles the second failure as well by default; set `deadLetterHandleNewException(false)`",
            Step.FAILS),
    TAKEN("accepted on purpose: the change is with the dead letters", Step.FAILS),
    DUPLICATE("the change comes again, and is taken for a duplicate", Step.FAILS),
    LEFT_OUT("what is left out does not happen, and nothing has failed", Step.IS_NOT_REACHED),
    TOO_LATE("the change is accepted before", Step.FAILS);

    /** What becomes of the step. */
    enum Step {
        IS_NOT_REACHED,
        FAILS,
        FAILS_AGAIN
    }

    private final String why;
    private final Step step;

    Outcome(String why, Step step) {
        this.why = why;
        this.step = step;
    }

    /** As the page says it. */
    public String why() {
        return why;
    }

    Step step() {
        return step;
    }
}
