package io.github.cameldataverse.changes;

/** The same, asked of the Organization Service. */
class InterruptedLoadOverSoapTest extends InterruptedLoadTest {

    @Override
    Reader reader() {
        return super.reader().with("api", "organizationService");
    }
}
