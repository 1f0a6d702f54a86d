/**
 * The example routes: changes of Dataverse tables to files, a queue and SQL tables. One class per route ({@code
 * AccountsTo...}); what the routes share stands beside them.
 */
@NullMarked
package io.github.cameldataverse.changes.example;

import org.jspecify.annotations.NullMarked;
