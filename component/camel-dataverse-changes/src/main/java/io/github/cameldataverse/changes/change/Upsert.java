package io.github.cameldataverse.changes.change;

import org.jspecify.annotations.Nullable;

/**
 * A record was created or updated.
 *
 * @param id id of the record
 * @param etag the row's {@code @odata.etag} as served; null if the service sent none, or one that is not 1 to 128 printed
 *     ASCII characters
 * @param version the version of the row
 * @param row the row
 */
public record Upsert(String id, @Nullable String etag, Version version, Row row) implements Change {

    @Override
    public String key() {
        return id + "@" + version.text();
    }

    @Override
    public String what() {
        return version.text();
    }
}
