package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.wire.Answer;
import io.github.cameldataverse.changes.testkit.wire.Question;
import java.util.function.Supplier;

/** 200 and a page in HTML, as gateways and portals send them. */
public record HtmlBody() implements Fault {
    @Override
    public Answer strike(Question question, Supplier<Answer> proper) {
        return Answer.text(
                200, "text/html; charset=utf-8", "<!DOCTYPE html><html><body><h1>Please sign in</h1></body></html>");
    }
}
