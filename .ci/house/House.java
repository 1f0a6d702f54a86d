import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Figures of the structure, from the sources alone: files per package, circles between packages and between the files of
 * a package, types that are public outside {@code internal} though no page for users and no signature of such a type
 * names them, and the lengths of methods.
 *
 * <p>Usage: {@code java .ci/house/House.java CHECKOUT MODULE...}; the module is a folder of the checkout.
 */
public final class House {

    /** A package of more files than these is two packages. */
    private static final int MOST_FILES = 15;

    /** One source file. */
    private record Source(String packageName, String name, CompilationUnitTree tree) {}

    private final String pages;
    private final Map<String, List<Source>> packages = new TreeMap<>();
    private final Map<String, Source> types = new HashMap<>();
    private final List<String[]> methods = new ArrayList<>();

    private House(String pages) {
        this.pages = pages;
    }

    public static void main(String... arguments) throws IOException {
        Path checkout = Path.of(arguments[0]);
        for (String module : Arrays.copyOfRange(arguments, 1, arguments.length)) {
            House house = new House(pages(checkout));
            house.read(checkout.resolve(module).resolve("src/main/java"));
            System.out.println("# " + module);
            house.print();
        }
    }

    /** What is written for users. */
    private static String pages(Path checkout) throws IOException {
        try (Stream<Path> docs = Files.list(checkout.resolve("docs"))) {
            List<Path> all = new ArrayList<>(docs.filter(page -> Files.isRegularFile(page) && !page.endsWith("architecture.md"))
                    .toList());
            all.add(checkout.resolve("README.md"));
            StringBuilder text = new StringBuilder();
            for (Path page : all) {
                text.append(Files.readString(page)).append('\n');
            }
            return text.toString();
        }
    }

    private void read(Path root) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (Stream<Path> walk = Files.walk(root);
                StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<Path> sources = walk.filter(file -> file.toString().endsWith(".java")).toList();
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree tree : task.parse()) {
                add(tree, positions);
            }
        }
    }

    private void add(CompilationUnitTree tree, SourcePositions positions) {
        String file = Path.of(tree.getSourceFile().toUri()).getFileName().toString();
        if (file.equals("package-info.java")) {
            return;
        }
        String packageName = tree.getPackageName().toString();
        Source source = new Source(packageName, file.substring(0, file.length() - ".java".length()), tree);
        packages.computeIfAbsent(packageName, any -> new ArrayList<>()).add(source);
        types.put(packageName + "." + source.name(), source);
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitMethod(MethodTree method, Void unused) {
                if (method.getBody() != null) {
                    measure(source, method, positions);
                }
                return super.visitMethod(method, unused);
            }
        }.scan(tree, null);
    }

    /** From the line of the name, behind annotations, to the closing brace. */
    private void measure(Source source, MethodTree method, SourcePositions positions) {
        CompilationUnitTree tree = source.tree();
        long end = positions.getEndPosition(tree, method);
        Tree first = method.getReturnType() == null ? method.getBody() : method.getReturnType();
        long start = positions.getStartPosition(tree, first);
        if (end < 0 || start < 0) {
            return; // the constructor that the compiler adds
        }
        long lines = tree.getLineMap().getLineNumber(end) - tree.getLineMap().getLineNumber(start) + 1;
        methods.add(new String[] {String.valueOf(lines), source.name() + "." + method.getName()});
    }

    private void print() {
        printFiles();
        Map<String, Set<String>> arrows = arrowsBetweenPackages();
        System.out.println("circles between packages: " + circles(arrows));
        packages.forEach((name, sources) -> {
            Collection<Set<String>> found = circles(arrowsInside(sources));
            if (!found.isEmpty()) {
                System.out.println("circle of files in " + name + ": " + found);
            }
        });
        Set<String> open = openTypes();
        System.out.println("public outside internal, and not for users: " + open.size() + " " + open);
        printMethods();
    }

    private void printFiles() {
        packages.forEach((name, sources) ->
                System.out.printf("%4d %s%s%n", sources.size(), name, sources.size() > MOST_FILES ? "   <-- over" : ""));
        System.out.println("files: " + types.size() + " in " + packages.size() + " packages");
    }

    private void printMethods() {
        int[] lengths = methods.stream().mapToInt(method -> Integer.parseInt(method[0])).sorted().toArray();
        System.out.printf(
                "methods: %d, median %d, p90 %d, p99 %d, longest %d, over 40: %s%n",
                lengths.length,
                lengths[lengths.length / 2],
                lengths[lengths.length * 9 / 10],
                lengths[lengths.length * 99 / 100],
                lengths[lengths.length - 1],
                methods.stream()
                        .filter(method -> Integer.parseInt(method[0]) > 40)
                        .map(method -> method[1] + " " + method[0])
                        .toList());
    }

    private Map<String, Set<String>> arrowsBetweenPackages() {
        Map<String, Set<String>> arrows = new HashMap<>();
        types.values().forEach(source -> {
            Set<String> to = arrows.computeIfAbsent(source.packageName(), any -> new TreeSet<>());
            imported(source).stream().map(Source::packageName).forEach(to::add);
            to.remove(source.packageName());
        });
        return arrows;
    }

    /** The project's types that a file imports. */
    private List<Source> imported(Source source) {
        List<Source> found = new ArrayList<>();
        for (ImportTree line : source.tree().getImports()) {
            for (String name = line.getQualifiedIdentifier().toString(); name.contains("."); ) {
                if (types.containsKey(name)) {
                    found.add(types.get(name));
                    break;
                }
                name = name.substring(0, name.lastIndexOf('.'));
            }
        }
        return found;
    }

    private static Map<String, Set<String>> arrowsInside(List<Source> sources) {
        Set<String> names = sources.stream().map(Source::name).collect(Collectors.toSet());
        Map<String, Set<String>> arrows = new HashMap<>();
        for (Source source : sources) {
            Set<String> used = names(source.tree());
            used.retainAll(names);
            used.remove(source.name());
            arrows.put(source.name(), used);
        }
        return arrows;
    }

    /** All simple names that a file uses. What a sealed type permits is no use: the family is one thought. */
    private static Set<String> names(Tree tree) {
        Set<String> names = new HashSet<>();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitIdentifier(IdentifierTree identifier, Void unused) {
                names.add(identifier.getName().toString());
                return null;
            }

            @Override
            public Void visitClass(ClassTree type, Void unused) {
                scan(type.getModifiers(), null);
                scan(type.getTypeParameters(), null);
                scan(type.getExtendsClause(), null);
                scan(type.getImplementsClause(), null);
                return scan(type.getMembers(), null);
            }

            @Override
            public Void visitImport(ImportTree line, Void unused) {
                return null;
            }

            @Override
            public Void visitMemberSelect(MemberSelectTree select, Void unused) {
                return scan(select.getExpression(), null);
            }
        }.scan(tree, null);
        return names;
    }

    private Set<String> openTypes() {
        Map<String, Source> open = new TreeMap<>();
        types.forEach((name, source) -> {
            if (isPublic(source) && !(source.packageName() + ".").contains(".internal.")) {
                open.put(name, source);
            }
        });
        Deque<Source> reached = new ArrayDeque<>(
                open.values().stream().filter(source -> isNamed(source.name())).toList());
        Set<String> forUsers = new HashSet<>();
        while (!reached.isEmpty()) {
            Source source = reached.pop();
            if (forUsers.add(source.packageName() + "." + source.name())) {
                Set<String> signature = signature(source);
                open.values().stream().filter(other -> signature.contains(other.name())).forEach(reached::push);
            }
        }
        Set<String> rest = new TreeSet<>(open.keySet());
        rest.removeAll(forUsers);
        return rest;
    }

    private boolean isNamed(String name) {
        return pages.matches("(?s).*\\b" + name + "\\b.*");
    }

    private static boolean isPublic(Source source) {
        return source.tree().getTypeDecls().stream()
                .filter(ClassTree.class::isInstance)
                .map(ClassTree.class::cast)
                .anyMatch(type -> type.getModifiers().getFlags().contains(Modifier.PUBLIC));
    }

    /** The names in what a user sees of a type: its head, and the heads of what is open in it. */
    private static Set<String> signature(Source source) {
        Set<String> names = new HashSet<>();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitClass(ClassTree type, Void unused) {
                names.addAll(names(type.getExtendsClause()));
                type.getImplementsClause().forEach(each -> names.addAll(names(each)));
                type.getPermitsClause().forEach(each -> names.addAll(names(each)));
                return super.visitClass(type, unused);
            }

            @Override
            public Void visitMethod(MethodTree method, Void unused) {
                if (!method.getModifiers().getFlags().contains(Modifier.PRIVATE)) {
                    names.addAll(names(method.getReturnType()));
                    method.getParameters().forEach(each -> names.addAll(names(each)));
                    method.getThrows().forEach(each -> names.addAll(names(each)));
                }
                return null;
            }
        }.scan(source.tree(), null);
        return names;
    }

    /** The sets of nodes that reach one another. */
    private static Collection<Set<String>> circles(Map<String, Set<String>> arrows) {
        Map<String, Set<String>> reach = new HashMap<>();
        arrows.keySet().forEach(node -> reach.put(node, reached(node, arrows)));
        Set<Set<String>> circles = new HashSet<>();
        arrows.keySet().forEach(node -> {
            Set<String> circle = reach.get(node).stream()
                    .filter(other -> reach.getOrDefault(other, Set.of()).contains(node))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (circle.size() > 1) {
                circles.add(circle);
            }
        });
        return circles;
    }

    private static Set<String> reached(String start, Map<String, Set<String>> arrows) {
        Set<String> seen = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(arrows.getOrDefault(start, Set.of()));
        while (!next.isEmpty()) {
            String node = next.pop();
            if (seen.add(node)) {
                next.addAll(arrows.getOrDefault(node, Set.of()));
            }
        }
        return seen;
    }
}
