package io.github.cameldataverse.changes;

/** The same, asked of the Organization Service. */
class ConsumerFaultOverSoapTest extends ConsumerFaultTest {

    @Override
    Reader reader() {
        return super.reader().with("api", "organizationService");
    }

    /** Not to be tested: this API has no links. */
    @Override
    void noRequestReachesAForeignHost() {}
}
