package io.github.cameldataverse.changes.delivery;

/** What is written down of a page while its exchanges go through the route. */
public interface Ledger {

    /** Notes that what a parcel carries was accepted; survives a crash where the repository is durable. */
    void accepted(Parcel parcel);

    /** Notes that a parcel is passed over after a failure, because the user asked not to stop. */
    void skipped(Parcel parcel);
}
