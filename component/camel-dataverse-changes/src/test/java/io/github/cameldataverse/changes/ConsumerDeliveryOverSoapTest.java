package io.github.cameldataverse.changes;

/** The same, asked of the Organization Service. */
class ConsumerDeliveryOverSoapTest extends ConsumerDeliveryTest {

    @Override
    Reader reader() {
        return super.reader().with("api", "organizationService");
    }
}
