package io.github.cameldataverse.changes.docs.cookbook;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.camel.Header;

// tag::bean[]
public class AccountFence {
    private final DataSource dataSource;

    public AccountFence(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Holds the row until the transaction ends: another reader comes before it, or behind it. */
    public void require(@Header("CamelDataverseChangesRevision") long revision) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("update account_reader set revision = ? where revision <= ?")) {
            statement.setLong(1, revision);
            statement.setLong(2, revision);
            if (statement.executeUpdate() == 0) {
                throw new IllegalStateException("Another reader has taken the accounts over from revision " + revision);
            }
        }
    }
}
// end::bean[]
