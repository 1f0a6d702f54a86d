package io.github.cameldataverse.changes.testkit.demo;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Companies. */
final class DemoAccounts implements DemoRows {
    private static final List<String> NAMES = List.of(
            "Contoso",
            "Fabrikam",
            "Northwind",
            "Adventure Works",
            "Alpine Ski",
            "Coho",
            "Tailspin",
            "Litware",
            "Trey",
            "Wingtip",
            "Proseware",
            "Fourth Coffee",
            "Lucerne",
            "Margie's",
            "Woodgrove",
            "Blue Yonder",
            "VanArsdel");
    private static final List<String> TRADES = List.of(
            "Foods",
            "Logistics",
            "Bank",
            "Research",
            "Toys",
            "Publishing",
            "Travel",
            "Vineyards",
            "Pharma",
            "Airlines",
            "Bäckerei",
            "Energy",
            "Insurance",
            "Steel",
            "Design",
            "Software");
    private static final UUID OWNER = UUID.fromString("9f0f4d6a-7c1b-ec11-b6e6-000d3a8a1b2c");
    private static final UUID CURRENCY = UUID.fromString("518c78c9-d3f6-e511-80d0-00155da84802");

    private final SampleValues values;
    private int number;

    DemoAccounts(SampleValues values) {
        this.values = values;
    }

    @Override
    public Map<String, Object> columns() {
        Map<String, Object> columns = new LinkedHashMap<>();
        identity(columns);
        address(columns);
        choices(columns);
        money(columns);
        columns.put("_ownerid_value", OWNER);
        columns.put("_transactioncurrencyid_value", CURRENCY);
        if (values.chance(70)) {
            columns.put("_primarycontactid_value", values.id());
        }
        return columns;
    }

    @Override
    public Map<String, Object> change() {
        return switch (values.number(0, 5)) {
            case 0 -> Map.of("telephone1", values.phone(), "fax", values.phone());
            case 1 -> Map.of("revenue", values.amount(90_000_000, 4));
            case 2 -> Map.of("creditonhold", true, "lastonholdtime", values.moment(1));
            case 3 -> Map.of("description", "Called on " + values.day(1) + "; \"wants an offer\" – ask again.");
            case 4 -> Map.of("numberofemployees", values.number(1, 9000), "new_loyaltyfactor", values.amount(2, 10));
            default -> Map.of("address1_line1", values.street(), "accountratingcode", values.number(1, 4));
        };
    }

    private void identity(Map<String, Object> columns) {
        String name = values.one(NAMES) + " " + values.one(TRADES);
        String domain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "") + ".example";
        number++;
        columns.put("name", name + " " + values.number(1, 99_999));
        columns.put("accountnumber", String.format("AC-%06d", number));
        columns.put("telephone1", values.phone());
        columns.put("emailaddress1", "office@" + domain);
        columns.put("websiteurl", "https://www." + domain);
        columns.put("sic", Integer.toString(values.number(1000, 9999)));
        columns.put(
                "description", values.chance(50) ? "Met at the fair.\nLikes \"quick\" answers & good coffee." : "–");
        columns.put("new_customersince", values.day(20));
        if (values.chance(20)) {
            columns.put("tickersymbol", name.substring(0, 3).toUpperCase(Locale.ROOT));
            columns.put("telephone2", values.phone());
        }
    }

    private void address(Map<String, Object> columns) {
        SampleValues.Place place = values.one(SampleValues.PLACES);
        columns.put("address1_name", "Headquarters");
        columns.put("address1_line1", values.street());
        columns.put("address1_city", place.city());
        columns.put("address1_stateorprovince", place.state());
        columns.put("address1_postalcode", place.postalCode());
        columns.put("address1_country", place.country());
        columns.put("address1_latitude", new BigDecimal(place.latitude()));
        columns.put("address1_longitude", new BigDecimal(place.longitude()));
        columns.put("address1_addresstypecode", values.number(1, 4));
    }

    private void choices(Map<String, Object> columns) {
        columns.put("industrycode", values.number(1, 33));
        columns.put("ownershipcode", values.number(1, 4));
        columns.put("accountcategorycode", values.number(1, 2));
        columns.put("accountratingcode", values.number(1, 4));
        columns.put("customertypecode", values.number(1, 12));
        columns.put("paymenttermscode", values.number(1, 4));
        columns.put("preferredcontactmethodcode", values.number(1, 5));
        columns.put("new_interests", values.number(1, 3) + "," + values.number(4, 9));
        columns.put("creditonhold", values.chance(5));
        columns.put("donotemail", values.chance(10));
        columns.put("donotphone", values.chance(10));
        columns.put("donotpostalmail", values.chance(30));
    }

    private void money(Map<String, Object> columns) {
        columns.put("numberofemployees", values.number(1, 9000));
        columns.put("revenue", values.amount(90_000_000, 4));
        columns.put("creditlimit", values.amount(100_000, 2));
        columns.put("exchangerate", new BigDecimal("1.0000000000"));
        columns.put("new_loyaltyfactor", values.amount(2, 10));
        if (values.chance(20)) {
            columns.put("marketcap", values.amount(2_000_000_000, 2));
            columns.put("sharesoutstanding", values.number(10_000, 90_000_000));
        }
    }
}
