package io.github.cameldataverse.changes.internal.status;

import io.github.cameldataverse.changes.internal.organization.metadata.TableTracking;
import io.github.cameldataverse.changes.internal.organization.metadata.TableTracking.State;
import java.util.LinkedHashMap;
import java.util.Map;

/** A table as the producer operations {@code tables} and {@code enable} tell of it; what the source does not tell is left out. */
public final class TableReport {

    private TableReport() {}

    public static Map<String, Object> of(TableTracking table) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("table", table.logicalName());
        report.put("entitySet", table.entitySet());
        if (table.schemaName() != null) {
            report.put("schemaName", table.schemaName());
        }
        if (table.custom() != null) {
            report.put("custom", table.custom());
        }
        report.put("tracked", table.isTracked());
        if (table.state() != State.NOT_TRACKED) {
            report.put("eligible", table.state() != State.NOT_ELIGIBLE);
        }
        table.alternateKeys().ifPresent(keys -> report.put("alternateKeys", keys));
        return report;
    }
}
