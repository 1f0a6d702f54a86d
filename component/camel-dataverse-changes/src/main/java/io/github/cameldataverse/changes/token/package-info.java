/**
 * Remembers how far a subscription has got: its checkpoint, and what is delivered of the current page. What a repository on
 * another store needs is here: {@code DeltaTokenRepository} and {@code KnownIds} to implement, {@code TokenCodec} and
 * {@code SubscriptionKey} for what is stored, {@code RevisionCheck} and {@code DeliveredChange} for the checks. The
 * repositories of this component are in the packages below.
 */
@NullMarked
package io.github.cameldataverse.changes.token;

import org.jspecify.annotations.NullMarked;
