/** Says how a reader is doing: its status, its log lines, its reports. */
@NullMarked
package io.github.cameldataverse.changes.internal.status;

import org.jspecify.annotations.NullMarked;
