use caret_columns::point_at;

#[test]
fn letters_of_several_bytes_inside_the_word() {
    let source = "let gr\u{f6}\u{df}e = 1;";
    assert_eq!(point_at(source, 4..11), format!("1 | {source}\n  |     ^^^^^"));
}

#[test]
fn letters_of_three_and_four_bytes() {
    let source = "\u{20ac}\t\u{1f600}\u{20ac}x";
    assert_eq!(point_at(source, 0..3), format!("1 | {source}\n  | ^"));
    assert_eq!(point_at(source, 4..11), format!("1 | {source}\n  |  \t^^"));
    assert_eq!(point_at(source, 11..12), format!("1 | {source}\n  |  \t  ^"));
}

#[test]
fn spans_over_line_ends() {
    assert_eq!(point_at("ab\u{e9}\ncd", 1..7), "1 | ab\u{e9}\n  |  ^^");
    assert_eq!(point_at("a\nb", 1..2), "1 | a\n  |  ^");
}

#[test]
fn empty_spans() {
    assert_eq!(point_at("", 0..0), "1 | \n  | ^");
    assert_eq!(point_at("\u{e9}", 2..2), "1 | \u{e9}\n  |  ^");
}

#[test]
fn line_numbers_of_two_digits() {
    let source = "\n".repeat(9) + "\u{e9}x";
    assert_eq!(point_at(&source, 11..12), "10 | \u{e9}x\n   |  ^");
}
