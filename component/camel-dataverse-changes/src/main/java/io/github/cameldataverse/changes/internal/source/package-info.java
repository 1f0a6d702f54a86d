/** What every source of changes offers and needs, whichever API it reads: pages, table definitions, faults. */
@NullMarked
package io.github.cameldataverse.changes.internal.source;

import org.jspecify.annotations.NullMarked;
