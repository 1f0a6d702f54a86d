/**
 * What users of the component name in routes, beans and catch blocks: options, headers, operations, the interfaces they
 * implement and the exceptions they see. Imports {@code auth}, {@code option} and
 * {@code token} only.
 */
@NullMarked
package io.github.cameldataverse.changes.api;

import org.jspecify.annotations.NullMarked;
