/** An organization with sample data and continuous changes, and the program that serves it. May import the root package only. */
@NullMarked
package io.github.cameldataverse.changes.testkit.demo;

import org.jspecify.annotations.NullMarked;
