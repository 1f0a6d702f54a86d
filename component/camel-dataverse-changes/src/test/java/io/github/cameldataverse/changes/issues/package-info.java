/**
 * Defects that were found from outside, one class each, of which the first line of the Javadoc says what was seen. The test
 * fails without the correction, and goes through an endpoint as a user does.
 */
package io.github.cameldataverse.changes.issues;
