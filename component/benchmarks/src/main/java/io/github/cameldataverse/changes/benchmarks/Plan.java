package io.github.cameldataverse.changes.benchmarks;

import static io.github.cameldataverse.changes.benchmarks.Contestant.HAND_WRITTEN;
import static io.github.cameldataverse.changes.benchmarks.Contestant.HAND_WRITTEN_FILE;
import static io.github.cameldataverse.changes.benchmarks.Contestant.HAND_WRITTEN_PAGE;
import static io.github.cameldataverse.changes.benchmarks.Contestant.HTTP_CLIENT_MAP;
import static io.github.cameldataverse.changes.benchmarks.Contestant.OLINGO;
import static io.github.cameldataverse.changes.benchmarks.Contestant.OURS_MAP;
import static io.github.cameldataverse.changes.benchmarks.Contestant.OURS_NODE;
import static io.github.cameldataverse.changes.benchmarks.Contestant.OURS_PAGE;
import static io.github.cameldataverse.changes.benchmarks.Contestant.OURS_PAGE_MAP;
import static io.github.cameldataverse.changes.benchmarks.Contestant.OURS_POJO;
import static io.github.cameldataverse.changes.benchmarks.Contestant.OURS_STRING;
import static io.github.cameldataverse.changes.benchmarks.Contestant.SAP;
import static io.github.cameldataverse.changes.benchmarks.Contestant.SCAN;
import static io.github.cameldataverse.changes.benchmarks.Contestant.SOCKET;
import static io.github.cameldataverse.changes.benchmarks.Contestant.STAX;
import static io.github.cameldataverse.changes.benchmarks.Contestant.specs;

import io.github.cameldataverse.changes.benchmarks.protocol.ReaderSpec;
import io.github.cameldataverse.changes.benchmarks.protocol.Workload;
import io.github.cameldataverse.changes.benchmarks.protocol.Workload.Encoding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What is compared in a run: all readers at the centre, then one thing after the other that differs from it. */
final class Plan {

    private static final Workload CENTRE = Workload.CENTRE;
    private static final Workload HALF = CENTRE.rows(50_000);
    private static final String CENTRE_TITLE = "57 columns, pages of 5,000 rows, no latency, no sink";
    private static final List<ReaderSpec> HEADLINE = specs(HAND_WRITTEN, SOCKET, OURS_STRING, OURS_MAP, OURS_PAGE);

    private Plan() {}

    /** @param name {@code quick}, {@code full}, or the name of a part of the full one */
    static List<Comparison> named(String name) {
        if (name.equals("quick")) {
            return List.of(quick());
        }
        List<Comparison> found = full().stream()
                .filter(comparison -> name.equals("full") || comparison.part().equals(name))
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("There is no plan " + name + ", but quick, full, and of that "
                    + full().stream().map(Comparison::part).distinct().toList());
        }
        return found;
    }

    /** These readers, on this workload. */
    static List<Comparison> of(List<ReaderSpec> readers, Workload workload) {
        return List.of(new Comparison("chosen", workload.toString(), workload, readers, 5, 4));
    }

    private static Comparison quick() {
        return new Comparison(
                "quick",
                CENTRE_TITLE,
                HALF,
                specs(HAND_WRITTEN, SOCKET, SCAN, HTTP_CLIENT_MAP, OURS_STRING, OURS_MAP, OURS_PAGE, OURS_PAGE_MAP),
                5,
                4);
    }

    private static List<Comparison> full() {
        List<Comparison> all = new ArrayList<>();
        all.add(centre());
        all.addAll(axis("columns", "%,d columns", HALF::columns, 5, 12, 57, 200));
        all.add(few("gzip", "Compressed answers", HALF.encoding(Encoding.GZIP), HEADLINE));
        all.addAll(axis("latency", "%,d ms before each page", HALF::latency, 0, 50, 500));
        all.addAll(axis("page-size", "%,d rows a page", HALF::pageSize, 500, 1_000, 2_000));
        all.addAll(axis("rows", "%,d rows", CENTRE::rows, 10_000, 200_000));
        all.addAll(sinks());
        all.add(few("sql", "Upserts into PostgreSQL", CENTRE.rows(3_000).pageSize(1_000), intoSql()));
        all.add(few("tokens", "Where the tokens are", CENTRE.rows(20_000), tokens()));
        all.add(few("options", "What options cost", HALF, options()));
        all.add(few("organization-service", "Organization Service", CENTRE.rows(10_000), soapReaders()));
        all.add(tables());
        return all;
    }

    private static Comparison centre() {
        List<ReaderSpec> readers = specs(
                HAND_WRITTEN,
                HAND_WRITTEN_FILE,
                SOCKET,
                SCAN,
                HTTP_CLIENT_MAP,
                SAP,
                OLINGO,
                OURS_STRING,
                OURS_MAP,
                OURS_NODE,
                OURS_POJO,
                OURS_PAGE,
                OURS_PAGE_MAP);
        return new Comparison("centre", CENTRE_TITLE, CENTRE, readers, 7, 3);
    }

    private static Comparison few(String part, String title, Workload workload, List<ReaderSpec> readers) {
        return new Comparison(part, title, workload, readers, 5, 2);
    }

    private static List<Comparison> axis(String part, String title, IntFunction<Workload> workload, int... values) {
        return IntStream.of(values)
                .mapToObj(value -> few(part, String.format(title, value), workload.apply(value), HEADLINE))
                .toList();
    }

    private static List<Comparison> sinks() {
        return Stream.of("200", "2000")
                .map(micros -> new Comparison(
                        "sink",
                        "A sink that takes " + micros + " µs an exchange",
                        CENTRE.rows(2_000).pageSize(1_000),
                        each(specs(HAND_WRITTEN, OURS_STRING, OURS_MAP, OURS_PAGE), "sink", micros),
                        5,
                        1))
                .toList();
    }

    private static List<ReaderSpec> intoSql() {
        ReaderSpec rows = OURS_MAP.spec();
        ReaderSpec pages = OURS_PAGE_MAP.spec();
        List<ReaderSpec> readers = List.of(
                HAND_WRITTEN_PAGE.spec().labelled("hand-written route, a batch a page"),
                HAND_WRITTEN.spec().labelled("hand-written route, row by row"),
                rows.labelled("ours, row by row"),
                exactlyOnce(rows.labelled("ours, row by row, exactly once")),
                pages.labelled("ours, a batch a page"),
                exactlyOnce(pages.labelled("ours, a batch a page, exactly once")));
        return each(readers, "sink", "postgres");
    }

    private static ReaderSpec exactlyOnce(ReaderSpec reader) {
        return reader.with("tokens", "postgres").with("manualCommit", "true");
    }

    private static List<ReaderSpec> each(List<ReaderSpec> readers, String key, String value) {
        return readers.stream().map(reader -> reader.with(key, value)).toList();
    }

    private static List<ReaderSpec> tokens() {
        ReaderSpec strings = OURS_STRING.spec();
        return List.of(
                strings.labelled("files"),
                strings.labelled("memory").with("tokens", "memory"),
                strings.labelled("H2 on disk").with("tokens", "h2"),
                strings.labelled("PostgreSQL").with("tokens", "postgres"),
                OURS_PAGE.spec().labelled("PostgreSQL, per page").with("tokens", "postgres"));
    }

    private static List<ReaderSpec> options() {
        ReaderSpec strings = OURS_STRING.spec();
        ReaderSpec known = strings.with("knownIds", "true");
        return List.of(
                strings.labelled("none"),
                known.labelled("knownIds"),
                known.labelled("knownIds and upsertKind").with("upsertKind", "true"),
                strings.labelled("manualCommit").with("manualCommit", "true"));
    }

    private static List<ReaderSpec> soapReaders() {
        List<ReaderSpec> ours = each(specs(OURS_STRING, OURS_MAP, OURS_PAGE), "api", "organizationService");
        List<ReaderSpec> all = new ArrayList<>(specs(STAX));
        all.addAll(each(ours, "maxPageBytes", "536870912"));
        return all;
    }

    private static Comparison tables() {
        Workload workload = CENTRE.rows(5_000).tables(120);
        return new Comparison(
                "tables", "120 tables in one context", workload, specs(OURS_STRING, OURS_MAP, OURS_PAGE), 2, 1);
    }
}
