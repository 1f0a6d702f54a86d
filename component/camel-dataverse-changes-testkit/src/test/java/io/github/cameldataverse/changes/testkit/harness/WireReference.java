package io.github.cameldataverse.changes.testkit.harness;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the sentences of the change tracking documents ({@code docs/spec-coverage.md}) that a test shows to hold. */
@Documented
@Target({ElementType.METHOD, ElementType.FIELD, ElementType.TYPE})
@Retention(RetentionPolicy.SOURCE)
public @interface WireReference {

    /** Ids of sentences, such as {@code current-12}. */
    public String[] value();
}
