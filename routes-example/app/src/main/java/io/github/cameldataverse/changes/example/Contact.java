package io.github.cameldataverse.changes.example;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code contact}; a column without a value is null. */
@RegisterForReflection
record Contact(
        UUID contactid,
        @Nullable String firstname,
        @Nullable String lastname,
        @Nullable String emailaddress1,
        @Nullable LocalDate birthdate,
        @Nullable BigDecimal annualincome,
        @JsonProperty("_parentcustomerid_value") @Nullable UUID parentCustomer,
        @Nullable OffsetDateTime modifiedon) {

    /** The option {@code select} of the endpoint: these columns are read, and no others. */
    static final String COLUMNS =
            "contactid,firstname,lastname,emailaddress1,birthdate,annualincome," + "_parentcustomerid_value,modifiedon";
}
