package io.github.cameldataverse.changes.example;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(OnH2.class)
class ExactAmountOnH2Test extends ExactAmountTest {}
