package io.github.cameldataverse.changes.quarkus.it;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same with the native executable: {@code mvnw verify -Dnative}, on a machine with GraalVM. */
@QuarkusIntegrationTest
class AccountsToFilesIT extends AccountsToFilesTest {}
