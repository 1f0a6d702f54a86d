package io.github.cameldataverse.changes.internal.webapi.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.internal.http.answer.Body;
import io.github.cameldataverse.changes.internal.source.MalformedPageException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Pages after accidents: read as the model reads them, or refused where the model refuses them, and never anything else.
 * {@code -Dlab.pages=1000000} for many, {@code -Dlab.seed=7} for others.
 */
class PageMutationTest {

    private static final int PAGES = Integer.getInteger("lab.pages", 100_000);
    private static final long SEED = Long.getLong("lab.seed", 20_260_301L);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final PageScanner scanner = new PageScanner(SamplePages.ACCOUNT, 1 << 16);
    // What this thread needs, however busy the machine is.
    private final ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    private long longest;
    private int plain;

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @ProvesFault("D8")
    void aPageWithAccidentsIsReadAsItStandsOrRefused() throws Exception {
        PageMutator mutator = new PageMutator(SimulatorPages.ofEveryKind(), new SplittableRandom(SEED));
        long began = clock.getCurrentThreadCpuTime();
        int read = 0;
        for (int page = 0; page < PAGES; page++) {
            byte[] mutated = mutator.next();
            try {
                read += isRead(mutated) ? 1 : 0;
            } catch (IOException | RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "page " + page + " of seed " + SEED + ": " + new String(mutated, StandardCharsets.ISO_8859_1),
                        e);
            }
        }
        System.out.printf(
                "mutated pages: %d of seed %d, read %d, of these %d in the plain way, refused %d, other outcomes 0, longest %d ms, %d s of this thread in all%n",
                PAGES,
                SEED,
                read,
                plain,
                PAGES - read,
                TimeUnit.NANOSECONDS.toMillis(longest),
                TimeUnit.NANOSECONDS.toSeconds(clock.getCurrentThreadCpuTime() - began));
        assertThat(read).isBetween(PAGES / 50, PAGES / 2);
        assertThat(plain).as("read in the plain way, of all that are read").isGreaterThan(read / 2);
        assertThat(longest).as("nanoseconds for one page").isLessThan(LONGEST_NANOS);
    }

    private boolean isRead(byte[] page) throws IOException {
        Optional<ReferencePage> expected = ReferencePage.read(page);
        Optional<ScannedPage> scanned = scanned(page);
        assertThat(scanned.isPresent()).as("is read").isEqualTo(expected.isPresent());
        assertReadAlike(page);
        if (scanned.isPresent()) {
            assertThat(inWordsOfTheModel(scanned.get())).isEqualTo(expected.get());
            assertServedToTheByte(scanned.get(), page);
        }
        return scanned.isPresent();
    }

    private Optional<ScannedPage> scanned(byte[] page) {
        long began = clock.getCurrentThreadCpuTime();
        try {
            return Optional.of(scanner.scan(new Body(page, page.length), 1));
        } catch (MalformedPageException e) {
            return Optional.empty();
        } finally {
            longest = Math.max(longest, clock.getCurrentThreadCpuTime() - began);
        }
    }

    /** By both ways; if the plain one gives a page up, there is nothing to compare. */
    private void assertReadAlike(byte[] page) throws IOException {
        Body body = new Body(page, page.length);
        Optional<ScannedPage> plainly = PlainScan.of(body, SamplePages.ACCOUNT, 1 << 16, 1);
        if (plainly.isPresent()) {
            plain++;
            try {
                assertThat(plainly.get()).isEqualTo(scanner.scanByJackson(body, 1));
            } catch (MalformedPageException e) {
                throw new AssertionError("read in the plain way, and refused by Jackson", e);
            }
        }
    }

    private static void assertServedToTheByte(ScannedPage scanned, byte[] page) {
        // Characters of one byte each, so that places are those of the bytes.
        String served = new String(page, StandardCharsets.ISO_8859_1);
        int from = 0;
        for (var change : scanned.changes()) {
            byte[] row = change.row().text().getBytes(StandardCharsets.UTF_8);
            String text = new String(row, StandardCharsets.ISO_8859_1);
            int at = served.indexOf(text, from);
            assertThat(at).as("place of the next row").isNotNegative();
            from = at + text.length();
        }
    }

    private static ReferencePage inWordsOfTheModel(ScannedPage page) throws IOException {
        List<ReferencePage.ModelRow> rows = new ArrayList<>();
        for (var change : page.changes()) {
            rows.add(ReferencePage.ModelRow.of(change));
        }
        return new ReferencePage(
                rows, page.rows() == ScannedPage.Rows.SERVED, page.hasError(), page.nextLink(), page.deltaLink());
    }
}
