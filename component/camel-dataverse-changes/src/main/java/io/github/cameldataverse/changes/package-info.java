/**
 * The lobby: the only room that speaks Camel's bean dialect. It turns the mutable options into one immutable
 * {@code Subscription} and wires the other rooms, all of which it knows and none of which knows it.
 */
@NullMarked
package io.github.cameldataverse.changes;

import org.jspecify.annotations.NullMarked;
