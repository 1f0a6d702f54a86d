/**
 * What users of the component name in routes, beans and catch blocks: options, headers, operations, the interfaces they
 * implement and the exceptions they see. Imports {@code auth} and {@code option} only.
 */
@NullMarked
package io.github.cameldataverse.changes.api;

import org.jspecify.annotations.NullMarked;
