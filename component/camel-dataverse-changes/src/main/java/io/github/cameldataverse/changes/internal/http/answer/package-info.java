/** What came back: the bytes, the text in them, the wait that was asked for. */
@NullMarked
package io.github.cameldataverse.changes.internal.http.answer;

import org.jspecify.annotations.NullMarked;
