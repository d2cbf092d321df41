/* A test harness in one header: every test runs in a process of its own.
 *
 *     #include "harness.h"
 *     TEST(empty_at_first) { CHECK_INT(ring_size(&ring), 0); }
 *
 * Include it in one file of each test program; it brings `main`. The report is TAP, into
 * $TAP_DIR/PROGRAM.tap, or to standard output where TAP_DIR is not set. A test passes when it
 * comes to its end: not when it is killed, takes longer than CASE_SECONDS, or calls exit.
 */
#ifndef HARNESS_H
#define HARNESS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define TEST(name)                                                      \
    static void test_##name(void);                                      \
    __attribute__((constructor)) static void harness_add_##name(void) { \
        harness_add(#name, test_##name);                                \
    }                                                                   \
    static void test_##name(void)

#define CHECK(condition)                                                      \
    do {                                                                      \
        if (!(condition)) harness_fail(__LINE__, "%s does not hold", #condition); \
    } while (0)

#define CHECK_INT(actual, expected)                                               \
    do {                                                                          \
        long long harness_a = (long long)(actual), harness_e = (long long)(expected); \
        if (harness_a != harness_e)                                               \
            harness_fail(__LINE__, "%s is %lld, not %lld", #actual, harness_a, harness_e); \
    } while (0)

#define CHECK_STR(actual, expected)                                                \
    do {                                                                           \
        const char *harness_a = (actual), *harness_e = (expected);                 \
        if (harness_a == NULL || strcmp(harness_a, harness_e) != 0)                \
            harness_fail(__LINE__, "%s is \"%s\", not \"%s\"", #actual,            \
                         harness_a ? harness_a : "(null)", harness_e);             \
    } while (0)

#define harness_fail(line, ...)                              \
    do {                                                     \
        char harness_text[400];                              \
        snprintf(harness_text, sizeof harness_text, __VA_ARGS__); \
        harness_end(line, harness_text);                     \
    } while (0)

enum { HARNESS_MAX = 200, HARNESS_CAME_TO_ITS_END = 93, HARNESS_FAILED = 94 };

static struct {
    const char *name;
    void (*run)(void);
} harness_tests[HARNESS_MAX];
static int harness_count;
static int harness_message;

static void harness_add(const char *name, void (*run)(void)) {
    if (harness_count == HARNESS_MAX) abort();
    harness_tests[harness_count].name = name;
    harness_tests[harness_count].run = run;
    harness_count++;
}

static void __attribute__((noreturn, unused)) harness_end(int line, const char *text) {
    dprintf(harness_message, "line %d: %s", line, text);
    _exit(HARNESS_FAILED);
}

/* Run one test in a child; what it had to say goes to `message`. */
static int harness_passes(int index, unsigned seconds, char *message, size_t size) {
    int ends[2], status;
    fflush(NULL);
    if (pipe(ends) != 0) abort();
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        harness_message = ends[1];
        alarm(seconds);
        harness_tests[index].run();
        fflush(NULL);
        _exit(HARNESS_CAME_TO_ITS_END);
    }
    close(ends[1]);
    if (child < 0 || waitpid(child, &status, 0) != child) abort();
    ssize_t length = read(ends[0], message, size - 1);
    message[length > 0 ? length : 0] = '\0';
    close(ends[0]);
    for (char *c = message; *c; c++)
        if (*c == '\n' || *c == '\r') *c = ' ';
    if (WIFSIGNALED(status))
        snprintf(message, size, "%s", strsignal(WTERMSIG(status)));
    else if (WEXITSTATUS(status) != HARNESS_FAILED && WEXITSTATUS(status) != HARNESS_CAME_TO_ITS_END)
        snprintf(message, size, "ended the process with status %d", WEXITSTATUS(status));
    return WIFEXITED(status) && WEXITSTATUS(status) == HARNESS_CAME_TO_ITS_END;
}

int main(int argc, char **argv) {
    const char *folder = getenv("TAP_DIR"), *limit = getenv("CASE_SECONDS");
    const char *slash = argc > 0 ? strrchr(argv[0], '/') : NULL;
    FILE *report = stdout;
    int failures = 0;
    char message[500];
    if (folder != NULL) {
        snprintf(message, sizeof message, "%s/%s.tap", folder, slash ? slash + 1 : argv[0]);
        report = fopen(message, "we");
        if (report == NULL) abort();
    }
    fprintf(report, "1..%d\n", harness_count);
    for (int i = 0; i < harness_count; i++) {
        int passes = harness_passes(i, limit ? (unsigned)atoi(limit) : 10, message, sizeof message);
        failures += !passes;
        fprintf(report, "%sok %d - %s\n", passes ? "" : "not ", i + 1, harness_tests[i].name);
        if (!passes) fprintf(report, "# %s\n", message);
    }
    fclose(report);
    return failures > 0;
}

#endif
