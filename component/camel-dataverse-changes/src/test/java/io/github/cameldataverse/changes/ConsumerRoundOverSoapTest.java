package io.github.cameldataverse.changes;

/** The same, asked of the Organization Service. */
class ConsumerRoundOverSoapTest extends ConsumerRoundTest {

    @Override
    Reader reader() {
        return super.reader().with("api", "organizationService");
    }
}
