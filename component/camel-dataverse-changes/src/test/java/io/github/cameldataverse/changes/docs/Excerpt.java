package io.github.cameldataverse.changes.docs;

import java.util.List;
import java.util.stream.Collectors;

/** A part of a source file, between a line with {@code tag::name[]} and one with {@code end::name[]}; or all of it. */
final class Excerpt {

    private Excerpt() {}

    /** @param source {@code file} or {@code file#tag}, from the root of the repository */
    static String of(String source) {
        int tag = source.indexOf('#');
        return tag < 0
                ? Repository.read(source)
                : between(source.substring(0, tag), source.substring(tag + 1)).stripIndent() + "\n";
    }

    private static String between(String file, String tag) {
        List<String> lines = Repository.read(file).lines().toList();
        return lines.subList(line(lines, file, "tag::" + tag) + 1, line(lines, file, "end::" + tag)).stream()
                .filter(line -> !line.contains("tag::") && !line.contains("end::"))
                .collect(Collectors.joining("\n"));
    }

    private static int line(List<String> lines, String file, String mark) {
        for (int index = 0; index < lines.size(); index++) {
            if (lines.get(index).contains(mark + "[]")) {
                return index;
            }
        }
        throw new AssertionError("The file " + file + " has no line with " + mark + "[]");
    }
}
