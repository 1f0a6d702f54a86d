/** What is for the component alone. Types are public here because the packages below use them; users do not. */
@NullMarked
package io.github.cameldataverse.changes.internal;

import org.jspecify.annotations.NullMarked;
