use number_tokens::{scan, Token::*};

#[test]
fn ranges_with_decimals_and_blanks() {
    assert_eq!(scan("0.5..1.25"), Ok(vec![Number(0.5), Range, Number(1.25)]));
    assert_eq!(scan("1 .. 5"), Ok(vec![Number(1.0), Range, Number(5.0)]));
    assert_eq!(scan("a..9"), Ok(vec![Name("a".into()), Range, Number(9.0)]));
    assert_eq!(scan("9..a"), Ok(vec![Number(9.0), Range, Name("a".into())]));
    assert_eq!(scan("10.."), Ok(vec![Number(10.0), Range]));
}

#[test]
fn a_dot_without_digits_is_a_dot() {
    assert_eq!(scan("7.max"), Ok(vec![Number(7.0), Dot, Name("max".into())]));
    assert_eq!(scan("7."), Ok(vec![Number(7.0), Dot]));
    assert_eq!(scan(".5"), Ok(vec![Dot, Number(5.0)]));
}

#[test]
fn a_number_has_one_dot() {
    assert_eq!(scan("1.2.3"), Ok(vec![Number(1.2), Dot, Number(3.0)]));
    assert_eq!(scan("1...2"), Ok(vec![Number(1.0), Range, Dot, Number(2.0)]));
}

#[test]
fn signs_and_ends() {
    assert_eq!(scan("(12,3)"), Ok(vec![Sign('('), Number(12.0), Sign(','), Number(3.0), Sign(')')]));
    assert_eq!(scan(""), Ok(vec![]));
    assert_eq!(scan("\u{e9}t\u{e9} #"), Err(4));
}
