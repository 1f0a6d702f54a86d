package io.github.cameldataverse.changes.benchmarks;

import io.github.cameldataverse.changes.benchmarks.protocol.ReaderSpec;
import io.github.cameldataverse.changes.benchmarks.protocol.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/** The samples of a comparison, by reader and round. */
final class Results {

    private static final Predicate<ReaderSpec> IS_SOCKET =
            reader -> reader.kind().equals(Contestant.SOCKET.spec().kind());

    private final Comparison comparison;
    private final Map<ReaderSpec, List<Sample>> samples = new LinkedHashMap<>();

    Results(Comparison comparison) {
        this.comparison = comparison;
        comparison.readers().forEach(reader -> samples.put(reader, new ArrayList<>()));
    }

    Comparison comparison() {
        return comparison;
    }

    void add(ReaderSpec reader, Sample sample) {
        of(reader).add(sample);
    }

    List<Sample> of(ReaderSpec reader) {
        return Objects.requireNonNull(samples.get(reader), "It takes part in the comparison");
    }

    /** Of the reader that the others are compared with. */
    List<Sample> ofFirst() {
        return of(comparison.readers().get(0));
    }

    /**
     * How many times faster than every other reader the raw socket was: what the page server could have served, by what it was
     * asked for. Nothing where no socket took part, and where the server took its time on purpose.
     */
    OptionalDouble aheadOfAll() {
        OptionalDouble socket = fastest(IS_SOCKET);
        OptionalDouble others = fastest(IS_SOCKET.negate());
        return socket.isEmpty() || others.isEmpty() || comparison.workload().latency() > 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(socket.getAsDouble() / others.getAsDouble());
    }

    private OptionalDouble fastest(Predicate<ReaderSpec> readers) {
        return comparison.readers().stream()
                .filter(readers)
                .mapToDouble(
                        reader -> Figures.of(of(reader), Sample::rowsPerSecond).median())
                .max();
    }
}
