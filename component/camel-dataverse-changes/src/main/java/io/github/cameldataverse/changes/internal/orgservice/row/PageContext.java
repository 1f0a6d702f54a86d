package io.github.cameldataverse.changes.internal.orgservice.row;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.internal.http.answer.SecretsInUse;
import io.github.cameldataverse.changes.internal.source.PageLimits;
import io.github.cameldataverse.changes.internal.source.TableDefinition;
import io.github.cameldataverse.changes.internal.source.TrackingQuery;

/**
 * What the readers of a page have to know.
 *
 * @param query what was asked
 * @param table whose changes the page holds
 * @param round number of the round that the page belongs to
 * @param days which columns hold a date without a time
 * @param limits longest row and longest sum of rows
 * @param secrets what no sentence about the page may show
 */
public record PageContext(
        TrackingQuery query,
        TableDefinition table,
        long round,
        DateOnlyColumns days,
        PageLimits limits,
        SecretsInUse secrets) {

    String clean(String text) {
        return secrets.clean(text);
    }

    boolean isDateOnly(String column) throws ServiceFault {
        return days.hold(table.logicalName(), column);
    }
}
