/** What an organization says about itself and about its tables. */
@NullMarked
package io.github.cameldataverse.changes.internal.organization.metadata;

import org.jspecify.annotations.NullMarked;
