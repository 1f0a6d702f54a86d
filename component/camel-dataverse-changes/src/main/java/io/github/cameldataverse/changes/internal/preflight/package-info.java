/** The checks of the preflight and their report. */
@NullMarked
package io.github.cameldataverse.changes.internal.preflight;

import org.jspecify.annotations.NullMarked;
