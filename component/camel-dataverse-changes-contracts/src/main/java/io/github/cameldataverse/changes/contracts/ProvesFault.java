package io.github.cameldataverse.changes.contracts;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the rows of {@code docs/when-things-go-wrong.md} whose outcome a test shows. The build counts them. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.SOURCE)
@interface ProvesFault {

    /** Ids of rows: a letter and a number, such as {@code P7}. */
    String[] value();
}
