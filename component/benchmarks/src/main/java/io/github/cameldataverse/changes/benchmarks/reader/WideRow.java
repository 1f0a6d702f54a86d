package io.github.cameldataverse.changes.benchmarks.reader;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row as an object with the twelve columns that its reader wants; the others are passed over. */
@JsonIgnoreProperties(ignoreUnknown = true)
record WideRow(
        @JsonProperty("bench_rowid") UUID id,
        @JsonProperty("createdon") @Nullable String created,
        @JsonProperty("modifiedon") @Nullable String modified,
        @JsonProperty("bench_text0") @Nullable String name,
        @JsonProperty("bench_text1") @Nullable String street,
        @JsonProperty("bench_choice2") @Nullable Integer kind,
        @JsonProperty("bench_memo4") @Nullable String description,
        @JsonProperty("bench_decimal5") @Nullable BigDecimal revenue,
        @JsonProperty("bench_yesno7") @Nullable Boolean active,
        @JsonProperty("bench_datetime9") @Nullable String visited,
        @JsonProperty("_bench_lookup10_value") @Nullable UUID owner,
        @JsonProperty("bench_wholenumber12") @Nullable Integer employees) {}
