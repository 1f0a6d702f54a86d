package io.github.cameldataverse.changes.benchmarks.reader;

import io.github.cameldataverse.changes.benchmarks.protocol.ReaderSpec;
import io.github.cameldataverse.changes.benchmarks.protocol.Workload;
import java.net.URI;

/**
 * Where a reader finds its load.
 *
 * @param origin of the page server
 * @param workload what that serves
 * @param pages how many of them are read: slow readers get less to do
 */
record Site(URI origin, Workload workload, int pages) {

    static final String TABLE = "bench_row";

    /** All pages, or as many as the setting {@code pages} of the reader says. */
    static Site of(ReaderSpec reader, URI origin, Workload workload) {
        String pages = reader.setting("pages", Integer.toString(workload.pages()));
        return new Site(origin, workload, Math.min(Integer.parseInt(pages), workload.pages()));
    }

    /** What a reader has to read of all tables. */
    long rows() {
        return (long) workload.tables() * Math.min(workload.rows(), pages * workload.pageSize());
    }

    /** The link of the first page. */
    String firstLink() {
        return origin + "/api/data/v9.2/" + TABLE + "0s";
    }

    /** The link of a page, for readers that do not look for it in the page before. */
    String link(int page) {
        return page == 1 ? firstLink() : firstLink() + "?$skiptoken=" + page;
    }
}
