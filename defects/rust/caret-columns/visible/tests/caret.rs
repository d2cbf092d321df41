use caret_columns::point_at;

#[test]
fn points_at_a_word() {
    assert_eq!(point_at("let a = 1;\nlet b = a;\n", 15..16), "2 | let b = a;\n  |     ^");
}

#[test]
fn letters_of_several_bytes_before_the_word() {
    assert_eq!(point_at("gr\u{fc}\u{df}e = x", 10..11), "1 | gr\u{fc}\u{df}e = x\n  |         ^");
}

#[test]
fn tabs_stay() {
    assert_eq!(point_at("\t\tx = 1", 2..3), "1 | \t\tx = 1\n  | \t\t^");
}
