package io.github.cameldataverse.changes.harness;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the rows of the fault matrix ({@code docs/when-things-go-wrong.md}) whose outcome a test shows. A row that no
 * test names is a row without a proof, and the build lists it.
 */
@Documented
@Target({ElementType.METHOD, ElementType.FIELD, ElementType.TYPE})
@Retention(RetentionPolicy.SOURCE)
public @interface ProvesFault {

    /** Ids of rows: a letter and a number, such as {@code P7}. */
    String[] value();
}
