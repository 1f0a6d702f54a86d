package io.github.cameldataverse.changes.example;

import io.github.cameldataverse.changes.testkit.SimulatedTable;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * A table, to be compared with its source: rows by id, then by column, as the simulator speaks of rows.
 *
 * @param columns the Java type of each column, without the key
 */
record TableContent(String table, String key, Map<String, Class<?>> columns) {

    static final TableContent ACCOUNT = new TableContent(
            "account",
            "accountid",
            Map.of(
                    "name", String.class,
                    "accountnumber", String.class,
                    "emailaddress1", String.class,
                    "telephone1", String.class,
                    "revenue", BigDecimal.class,
                    "numberofemployees", Long.class,
                    "creditonhold", Boolean.class,
                    "modifiedon", OffsetDateTime.class));

    static final TableContent CONTACT = new TableContent(
            "contact",
            "contactid",
            Map.of(
                    "firstname", String.class,
                    "lastname", String.class,
                    "emailaddress1", String.class,
                    "birthdate", LocalDate.class,
                    "annualincome", BigDecimal.class,
                    "_parentcustomerid_value", UUID.class,
                    "modifiedon", OffsetDateTime.class));

    Map<String, Map<String, Object>> in(DataSource dataSource) {
        Map<String, Map<String, Object>> rows = new TreeMap<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement("select * from " + table);
                ResultSet result = query.executeQuery()) {
            while (result.next()) {
                rows.put(result.getString(key), row(result));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of the simulator's rows, the columns that the table has. */
    Map<String, Map<String, Object>> of(SimulatedTable source) {
        Map<String, Map<String, Object>> selected = new TreeMap<>();
        source.rows().forEach((id, row) -> selected.put(id, select(row)));
        return selected;
    }

    private Map<String, Object> select(Map<String, Object> row) {
        Map<String, Object> selected = new LinkedHashMap<>();
        columns.keySet().forEach(column -> selected.put(column, plain(row.get(column))));
        return selected;
    }

    private Map<String, Object> row(ResultSet result) throws SQLException {
        Map<String, Object> row = new LinkedHashMap<>();
        for (Map.Entry<String, Class<?>> column : columns.entrySet()) {
            row.put(column.getKey(), plain(result.getObject(column.getKey(), column.getValue())));
        }
        return row;
    }

    // Two of the same kind must be equal: 1.50 and 1.5 are one number, 3 as Integer and as Long too.
    private static Object plain(Object value) {
        if (value instanceof Number number) {
            return new BigDecimal(number.toString()).stripTrailingZeros();
        } else if (value instanceof OffsetDateTime time) {
            return time.toInstant();
        } else if (value instanceof UUID id) {
            return id.toString();
        }
        return value;
    }
}
