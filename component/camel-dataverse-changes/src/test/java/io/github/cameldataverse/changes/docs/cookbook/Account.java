package io.github.cameldataverse.changes.docs.cookbook;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.math.BigDecimal;

// tag::class[]
/** Of a row the columns that are wanted; money as BigDecimal, so that it stays exact. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Account(String accountid, String name, BigDecimal revenue) {}
// end::class[]
