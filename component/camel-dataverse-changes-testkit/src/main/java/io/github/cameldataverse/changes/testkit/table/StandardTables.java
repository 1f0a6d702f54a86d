package io.github.cameldataverse.changes.testkit.table;

import static io.github.cameldataverse.changes.testkit.table.ColumnType.CHOICE;
import static io.github.cameldataverse.changes.testkit.table.ColumnType.CHOICES;
import static io.github.cameldataverse.changes.testkit.table.ColumnType.DATE;
import static io.github.cameldataverse.changes.testkit.table.ColumnType.DATE_TIME;
import static io.github.cameldataverse.changes.testkit.table.ColumnType.DECIMAL;
import static io.github.cameldataverse.changes.testkit.table.ColumnType.FLOAT;
import static io.github.cameldataverse.changes.testkit.table.ColumnType.MEMO;
import static io.github.cameldataverse.changes.testkit.table.ColumnType.MONEY;
import static io.github.cameldataverse.changes.testkit.table.ColumnType.TEXT;
import static io.github.cameldataverse.changes.testkit.table.ColumnType.UNIQUE_ID;
import static io.github.cameldataverse.changes.testkit.table.ColumnType.WHOLE_NUMBER;
import static io.github.cameldataverse.changes.testkit.table.ColumnType.YES_NO;

import java.util.Map;

/** The tables that a simulator has from the start: accounts of 57 columns, contacts, and audit. */
public final class StandardTables {
    private StandardTables() {}

    /** The table {@code account}: 57 columns, the primary id among them. */
    public static TableSchema account() {
        TableSchema table = TableSchema.named("account");
        table = each(table, TEXT, "name", "accountnumber", "telephone1", "telephone2", "fax", "emailaddress1");
        table = each(table, TEXT, "emailaddress2", "websiteurl", "tickersymbol", "sic", "address1_name");
        table = each(table, TEXT, "address1_line1", "address1_line2", "address1_city", "address1_stateorprovince");
        table = each(table, TEXT, "address1_postalcode", "address1_country", "address2_city", "address2_country");
        table = each(table, FLOAT, "address1_latitude", "address1_longitude");
        table = each(table, MEMO, "description");
        table = each(table, CHOICE, "address1_addresstypecode", "ownershipcode", "accountratingcode");
        table = each(table, CHOICE, "customertypecode", "paymenttermscode", "preferredcontactmethodcode");
        table = table.column(industry()).column(category());
        table = each(table, CHOICES, "new_interests");
        table = each(table, WHOLE_NUMBER, "numberofemployees", "sharesoutstanding");
        table = each(table, MONEY, "revenue", "revenue_base", "creditlimit", "creditlimit_base");
        table = each(table, MONEY, "marketcap", "marketcap_base");
        table = each(table, DECIMAL, "exchangerate", "new_loyaltyfactor");
        table = each(table, YES_NO, "creditonhold", "donotemail", "donotphone", "donotpostalmail");
        table = each(table, DATE_TIME, "lastonholdtime");
        table = each(table, DATE, "new_customersince");
        table = table.column(lookup("primarycontactid", "contact")).column(lookup("parentaccountid", "account"));
        return owned(table);
    }

    /** The table {@code contact}. */
    public static TableSchema contact() {
        TableSchema table = TableSchema.named("contact").primaryNameColumn("fullname");
        table = each(table, TEXT, "fullname", "firstname", "lastname", "jobtitle", "emailaddress1", "telephone1");
        table = each(table, TEXT, "mobilephone", "address1_line1", "address1_city", "address1_postalcode");
        table = each(table, TEXT, "address1_country");
        table = each(table, MEMO, "description");
        table = each(table, CHOICE, "gendercode", "familystatuscode", "preferredcontactmethodcode");
        table = each(table, MONEY, "annualincome", "annualincome_base");
        table = each(table, YES_NO, "donotemail", "donotphone");
        table = each(table, DATE, "birthdate", "anniversary");
        table = each(table, DATE_TIME, "lastusedincampaign");
        return owned(table.column(lookup("parentcustomerid", "account")));
    }

    /** The table {@code audit}, which every organization tracks from the start; it has no name, no state and no owner. */
    public static TableSchema audit() {
        TableSchema table = TableSchema.named("audit").bare().column("createdon", DATE_TIME);
        table = each(table, CHOICE, "action", "operation");
        table = each(table, TEXT, "objecttypecode", "useradditionalinfo");
        table = each(table, MEMO, "attributemask", "changedata");
        return table.column("transactionid", UNIQUE_ID)
                .column(lookup("objectid", ""))
                .column(lookup("userid", "systemuser"))
                .column(lookup("callinguserid", "systemuser"));
    }

    private static TableSchema each(TableSchema table, ColumnType type, String... names) {
        TableSchema wider = table;
        for (String name : names) {
            wider = wider.column(name, type);
        }
        return wider;
    }

    private static TableSchema owned(TableSchema table) {
        return table.column(lookup("ownerid", "systemuser"))
                .column(lookup("transactioncurrencyid", "transactioncurrency"));
    }

    private static Column lookup(String name, String target) {
        return new Column("_" + name + "_value", ColumnType.LOOKUP, Map.of(), target);
    }

    private static Column industry() {
        Map<Integer, String> labels = Map.of(
                1,
                "Accounting",
                2,
                "Agriculture",
                3,
                "Broadcasting",
                6,
                "Business Services",
                7,
                "Consulting",
                12,
                "Financial",
                16,
                "Insurance",
                33,
                "Wholesale");
        return new Column("industrycode", CHOICE, labels, "");
    }

    private static Column category() {
        return new Column("accountcategorycode", CHOICE, Map.of(1, "Preferred Customer", 2, "Standard"), "");
    }
}
