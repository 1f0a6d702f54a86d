package io.github.cameldataverse.changes.benchmarks.reader;

import com.sun.management.OperatingSystemMXBean;
import io.github.cameldataverse.changes.benchmarks.protocol.ReaderSpec;
import io.github.cameldataverse.changes.benchmarks.protocol.Sample;
import io.github.cameldataverse.changes.benchmarks.protocol.Workload;
import io.github.cameldataverse.changes.benchmarks.reader.Reader.Reading;
import io.github.cameldataverse.changes.benchmarks.store.Stores;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.util.FileUtil;

/**
 * The process of one reader: a JVM that nothing else warms up or slows down. Each line that it is given makes it read the load once,
 * and is answered by a {@link Sample}. Ends with its input.
 */
public final class ReaderMain {

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private ReaderMain() {}

    /** @param args the reader, the origin of the page server, and the workload */
    public static void main(String[] args) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err);
        Path directory = Files.createTempDirectory("benchmark");
        ReaderSpec spec = ReaderSpec.parse(args[0]);
        Site site = Site.of(spec, URI.create(args[1]), Workload.of(args[2]));
        try (Reader reader = reader(spec, site, directory)) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (lines.readLine() != null) {
                answers.println(measured(reader, site));
            }
        }
        FileUtil.removeDir(directory.toFile());
        System.exit(0);
    }

    /** Lets a reader read a load once, in this process. */
    public static Sample once(ReaderSpec spec, URI origin, Workload workload, Path directory) throws Exception {
        Site site = Site.of(spec, origin, workload);
        try (Reader reader = reader(spec, site, directory)) {
            return measured(reader, site);
        }
    }

    private static Reader reader(ReaderSpec spec, Site site, Path directory) throws Exception {
        return switch (spec.kind()) {
            case "socket" -> new RawSocketReader(site);
            case "scan" -> new HttpClientReader(site, new BraceScan());
            case "maps" -> new HttpClientReader(site, new JacksonMaps());
            case "stax" -> new StaxLoop(site);
            case "olingo" -> new OlingoReader(site);
            case "sap" -> new SapReader(site);
            case "route" -> new HandWrittenRoute(site, spec, Stores.of(spec, directory), directory);
            case "ours" -> new DataverseChangesReader(site, spec, Stores.of(spec, directory));
            default -> throw new IllegalArgumentException("There is no reader " + spec.kind());
        };
    }

    private static Sample measured(Reader reader, Site site) throws Exception {
        long cpu = PROCESS.getProcessCpuTime();
        long allocated = allocated();
        long wall = System.nanoTime();
        Reading reading = reader.read();
        Sample sample = new Sample(
                reading.rows(), System.nanoTime() - wall, PROCESS.getProcessCpuTime() - cpu, allocated() - allocated);
        if (reading.rows() != site.rows() || !reading.token()) {
            throw new IllegalStateException("Read " + reading + " of " + site.rows() + " rows");
        }
        return sample;
    }

    /** Of all threads, those included that have ended; 0 on a JVM before 21, which does not tell. */
    private static long allocated() throws ReflectiveOperationException {
        try {
            return (long) com.sun.management.ThreadMXBean.class
                    .getMethod("getTotalThreadAllocatedBytes")
                    .invoke(ManagementFactory.getThreadMXBean());
        } catch (NoSuchMethodException e) {
            return 0;
        }
    }
}
