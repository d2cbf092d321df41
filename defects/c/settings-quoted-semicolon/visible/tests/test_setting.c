#include "harness.h"
#include "setting.h"

TEST(plain_value) {
    struct setting setting;
    CHECK(setting_read("  width = 80 columns  ", &setting));
    CHECK_STR(setting.name, "width");
    CHECK_STR(setting.value, "80 columns");
}

TEST(comment_after_a_value) {
    struct setting setting;
    CHECK(setting_read("width=80; of the terminal", &setting));
    CHECK_STR(setting.value, "80");
}

TEST(quotes_keep_semicolons) {
    struct setting setting;
    CHECK(setting_read("path = \"/bin;/usr/bin\"", &setting));
    CHECK_STR(setting.value, "/bin;/usr/bin");
}

TEST(lines_without_a_setting) {
    struct setting setting;
    CHECK(!setting_read("", &setting));
    CHECK(!setting_read("; width = 80", &setting));
    CHECK(!setting_read("= 80", &setting));
}
