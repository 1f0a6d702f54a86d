/** Opens answers in XML, within limits. */
@NullMarked
package io.github.cameldataverse.changes.internal.http.answer.xml;

import org.jspecify.annotations.NullMarked;
