/** What comes in and what goes out: a question, an answer, its body and how that body leaves. Knows {@code json} and {@code xml} only. */
@NullMarked
package io.github.cameldataverse.changes.testkit.wire;

import org.jspecify.annotations.NullMarked;
