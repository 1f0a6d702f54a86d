package io.github.cameldataverse.changes.token;

/**
 * Names one subscription: one table of one organization, read by one named consumer. Two subscriptions that differ in
 * any of the three never share a token.
 *
 * @param origin scheme, host and port of the organization, for example {@code https://contoso.crm4.dynamics.com}; or its id
 *     behind {@code organization:}, see {@link #ofOrganization}
 * @param table logical name of the table, for example {@code account}
 * @param name name of the reader, the endpoint option {@code subscription}
 */
public record SubscriptionId(String origin, String table, String name) {

    private static final String ORGANIZATION = "organization:";

    /**
     * The same subscription by the id of its organization, which stays when its address changes.
     *
     * @param id of the organization, a UUID as WhoAmI tells it
     */
    public SubscriptionId ofOrganization(String id) {
        return new SubscriptionId(ORGANIZATION + id, table, name);
    }

    @Override
    public String toString() {
        return origin.startsWith(ORGANIZATION)
                ? table + "/" + name + " of the organization " + origin.substring(ORGANIZATION.length())
                : table + "/" + name + " at " + origin;
    }
}
