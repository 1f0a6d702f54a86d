package io.github.cameldataverse.changes.token;

/**
 * Names one subscription: one table of one organization, read by one named consumer. Two subscriptions that differ in
 * any of the three never share a token.
 *
 * @param origin scheme, host and port of the organization, for example {@code https://contoso.crm4.dynamics.com}
 * @param table logical name of the table, for example {@code account}
 * @param name name of the reader, the endpoint option {@code subscription}
 */
public record SubscriptionId(String origin, String table, String name) {

    @Override
    public String toString() {
        return table + "/" + name + " at " + origin;
    }
}
