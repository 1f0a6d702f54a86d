package io.github.cameldataverse.changes.orgservice;

import io.github.cameldataverse.changes.source.TableDefinition;
import io.github.cameldataverse.changes.source.TrackingQuery;

/**
 * What a page has to look like.
 *
 * @param query what was asked
 * @param table of whom
 * @param round in which round
 * @param maxRowBytes longest row
 * @param maxPageBytes longest sum of rows
 */
record PageShape(TrackingQuery query, TableDefinition table, long round, int maxRowBytes, int maxPageBytes) {}
