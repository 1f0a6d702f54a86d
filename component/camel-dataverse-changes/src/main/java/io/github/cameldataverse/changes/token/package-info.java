/**
 * Remembers how far a subscription has got: its checkpoint, and what is delivered of the page in hand. Knows no other
 * room.
 */
@NullMarked
package io.github.cameldataverse.changes.token;

import org.jspecify.annotations.NullMarked;
