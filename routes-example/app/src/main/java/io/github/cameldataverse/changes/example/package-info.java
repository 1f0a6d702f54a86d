/**
 * The example routes: changes of Dataverse tables to files, a queue and SQL tables. One class per route ({@code
 * AccountsTo...}, {@code ContactsTo...}); what the routes share stands beside them. {@code routes-example/README.md} goes
 * through them one by one.
 */
@NullMarked
package io.github.cameldataverse.changes.example;

import org.jspecify.annotations.NullMarked;
