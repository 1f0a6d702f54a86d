package io.github.cameldataverse.changes.internal.source;

/**
 * What the reader has to know of its table.
 *
 * @param logicalName for example {@code account}
 * @param entitySet the name in addresses, for example {@code accounts}
 * @param primaryId the column that holds the id, for example {@code accountid}
 */
public record TableDefinition(String logicalName, String entitySet, String primaryId) {}
