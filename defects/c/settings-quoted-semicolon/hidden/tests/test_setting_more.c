#include "harness.h"
#include "setting.h"

static struct setting setting;

TEST(quotes_keep_blanks_and_allow_a_comment) {
    CHECK(setting_read("prompt = \" > \"  ; with blanks", &setting));
    CHECK_STR(setting.value, " > ");
    CHECK(setting_read("prompt=\";\";", &setting));
    CHECK_STR(setting.value, ";");
}

TEST(comment_with_quotes_in_it) {
    CHECK(setting_read("mode = fast ; not \"slow\"", &setting));
    CHECK_STR(setting.value, "fast");
    CHECK(setting_read("mode = \"a;b\" ; or \"c\"", &setting));
    CHECK_STR(setting.value, "a;b");
}

TEST(nothing_but_a_comment_may_follow_a_quote) {
    CHECK(!setting_read("mode = \"fast\" slow", &setting));
    CHECK(!setting_read("mode = \"fast;slow", &setting));
    CHECK(!setting_read("mode = \"fast\"\"slow\"", &setting));
    CHECK(!setting_read("mode = \"fast ; \" slow ; x", &setting));
}

TEST(empty_values) {
    CHECK(setting_read("mode =", &setting));
    CHECK_STR(setting.value, "");
    CHECK(setting_read("mode = \"\"", &setting));
    CHECK_STR(setting.value, "");
    CHECK(setting_read("mode = ; none", &setting));
    CHECK_STR(setting.value, "");
}

TEST(a_quote_inside_a_plain_value_is_a_letter) {
    CHECK(setting_read("size = 5\" ; inches", &setting));
    CHECK_STR(setting.value, "5\"");
}
