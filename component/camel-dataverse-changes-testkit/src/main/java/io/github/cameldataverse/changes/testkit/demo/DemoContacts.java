package io.github.cameldataverse.changes.testkit.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** People. */
final class DemoContacts implements DemoRows {
    private static final List<String> JOBS = List.of(
            "Coffee Master",
            "Buyer",
            "Head of Sales",
            "Owner",
            "Accountant",
            "Engineer",
            "Assistant",
            "Geschäftsführerin");

    private final SampleValues values;

    DemoContacts(SampleValues values) {
        this.values = values;
    }

    @Override
    public Map<String, Object> columns() {
        String first = values.one(SampleValues.FIRST_NAMES);
        String last = values.one(SampleValues.LAST_NAMES);
        SampleValues.Place place = values.one(SampleValues.PLACES);
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("fullname", first + " " + last);
        columns.put("firstname", first);
        columns.put("lastname", last);
        columns.put("jobtitle", values.one(JOBS));
        columns.put("emailaddress1", "person" + values.number(1, 99_999) + "@example.com");
        columns.put("telephone1", values.phone());
        columns.put("address1_city", place.city());
        columns.put("address1_country", place.country());
        columns.put("annualincome", values.amount(120_000, 2));
        columns.put("birthdate", values.day(60));
        columns.put("gendercode", values.number(1, 2));
        columns.put("donotemail", values.chance(10));
        columns.put("_parentcustomerid_value", values.id());
        return columns;
    }

    @Override
    public Map<String, Object> change() {
        return switch (values.number(0, 2)) {
            case 0 -> Map.of("jobtitle", values.one(JOBS));
            case 1 -> Map.of("mobilephone", values.phone(), "lastusedincampaign", values.moment(30));
            default -> Map.of("annualincome", values.amount(120_000, 2));
        };
    }
}
