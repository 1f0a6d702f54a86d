package io.github.cameldataverse.changes.benchmarks;

import io.github.cameldataverse.changes.benchmarks.protocol.ReaderSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The readers that can be asked for by name: {@code ours-string} for {@link #OURS_STRING}. */
enum Contestant {
    SOCKET("raw socket", "socket"),
    SCAN("HttpClient 5 + brace scan", "scan"),
    HTTP_CLIENT_MAP("HttpClient 5 + Jackson to maps", "maps"),
    HAND_WRITTEN("hand-written route", "route"),
    HAND_WRITTEN_FILE("hand-written route, token file", "route,tokens=file"),
    HAND_WRITTEN_PAGE("hand-written route, per page", "route,exchangePer=page"),
    SAP("SAP odata-client", "sap,pages=4"),
    OLINGO("Olingo odata-client-core", "olingo,pages=2"),
    OURS_STRING("ours, per change, string", "ours,tokens=file"),
    OURS_MAP("ours, per change, map", "ours,tokens=file,bodyType=map"),
    OURS_NODE("ours, per change, node", "ours,tokens=file,bodyType=node"),
    OURS_POJO("ours, per change, object of 12 columns", "ours,tokens=file,unmarshal=true"),
    OURS_PAGE("ours, per page, strings", "ours,tokens=file,exchangePer=page"),
    OURS_PAGE_MAP("ours, per page, maps", "ours,tokens=file,exchangePer=page,bodyType=map"),
    STAX("StAX loop that keeps nothing", "stax");

    private final ReaderSpec spec;

    Contestant(String label, String spec) {
        this.spec = ReaderSpec.parse(spec).labelled(label);
    }

    ReaderSpec spec() {
        return spec;
    }

    static List<ReaderSpec> specs(Contestant... contestants) {
        return Arrays.stream(contestants).map(Contestant::spec).toList();
    }

    /** @param names between commas */
    static List<ReaderSpec> named(String names) {
        return Arrays.stream(names.split(",")).map(Contestant::of).toList();
    }

    private static ReaderSpec of(String name) {
        return Arrays.stream(values())
                .filter(contestant -> contestant.word().equals(name.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no reader " + name + ", but "
                        + Arrays.stream(values()).map(Contestant::word).toList()))
                .spec();
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
