package io.github.cameldataverse.changes.example;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code account}; a column without a value is null. Money is exact, with the digits as served. */
@RegisterForReflection
record Account(
        UUID accountid,
        @Nullable String name,
        @Nullable String accountnumber,
        @Nullable String emailaddress1,
        @Nullable String telephone1,
        @Nullable BigDecimal revenue,
        @Nullable Long numberofemployees,
        @Nullable Boolean creditonhold,
        @Nullable OffsetDateTime modifiedon) {

    /** The option {@code select} of the endpoint: these columns are read, and no others. */
    static final String COLUMNS = "accountid,name,accountnumber,emailaddress1,telephone1,revenue,numberofemployees,"
            + "creditonhold,modifiedon";
}
