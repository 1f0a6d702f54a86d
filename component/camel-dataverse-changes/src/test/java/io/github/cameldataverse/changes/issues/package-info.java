/**
 * Defects that users reported, one class each: {@code Issue42Test}, of which the first line of the Javadoc says what the
 * user saw. The test fails without the correction, and goes through an endpoint as the user did. None was reported yet.
 */
package io.github.cameldataverse.changes.issues;
