package harness;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs every test below a folder of compiled classes: the public methods without parameters of the
 * public classes named {@code *Test}, in order of their names, each on a new object.
 *
 * <p>The report is TAP, one file per class in the folder that TAP_DIR names, or on standard output.
 * A test that takes longer than CASE_SECONDS fails.
 */
public final class RunTests {
    private RunTests() {}

    public static void main(String[] arguments) throws Exception {
        Path classes = Path.of(arguments[0]);
        String folder = System.getenv("TAP_DIR");
        int failures = 0;
        for (String name : testClasses(classes)) {
            Class<?> type = Class.forName(name);
            if (folder == null) {
                failures += run(type, System.out);
                continue;
            }
            Path report = Path.of(folder, type.getSimpleName() + ".tap");
            try (PrintStream out = new PrintStream(report.toFile(), StandardCharsets.UTF_8)) {
                failures += run(type, out);
            }
        }
        System.out.flush();
        // Also where a test left a thread running.
        Runtime.getRuntime().halt(failures > 0 ? 1 : 0);
    }

    private static List<String> testClasses(Path classes) throws IOException {
        try (var files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith("Test.class"))
                    .map(file -> file.replace(".class", "").replace('/', '.'))
                    .sorted()
                    .toList();
        }
    }

    private static int run(Class<?> type, PrintStream out) {
        List<Method> tests = new ArrayList<>();
        for (Method method : type.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers()) && method.getParameterCount() == 0) {
                tests.add(method);
            }
        }
        tests.sort(Comparator.comparing(Method::getName));
        out.println("1.." + tests.size());
        int number = 0;
        int failures = 0;
        for (Method test : tests) {
            number++;
            String problem = problem(type, test);
            failures += problem == null ? 0 : 1;
            out.println((problem == null ? "ok " : "not ok ") + number + " - " + test.getName());
            if (problem != null) {
                out.println("# " + problem.replaceAll("\\s+", " "));
            }
        }
        return failures;
    }

    /** What went wrong, or null. */
    private static String problem(Class<?> type, Method test) {
        CompletableFuture<Throwable> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> result.complete(thrown(type, test)));
        thread.setDaemon(true);
        thread.start();
        String seconds = System.getenv().getOrDefault("CASE_SECONDS", "10");
        try {
            Throwable thrown = result.get(Long.parseLong(seconds), TimeUnit.SECONDS);
            return thrown == null ? null : thrown.toString();
        } catch (TimeoutException late) {
            return "took longer than " + seconds + " s";
        } catch (InterruptedException | ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Throwable thrown(Class<?> type, Method test) {
        try {
            test.invoke(type.getDeclaredConstructor().newInstance());
            return null;
        } catch (InvocationTargetException failure) {
            return failure.getCause();
        } catch (ReflectiveOperationException failure) {
            return failure;
        }
    }
}
