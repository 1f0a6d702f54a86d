/**
 * The systems beside the example application in dev mode and in tests, as Dev Services: an Artemis broker inside the
 * JVM and a PostgreSQL server as its child. Nothing of this package reaches a production package.
 */
@NullMarked
package io.github.cameldataverse.changes.example.neighbours;

import org.jspecify.annotations.NullMarked;
