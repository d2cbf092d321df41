use number_tokens::{scan, Token::*};

#[test]
fn names_and_numbers() {
    let name = |text: &str| Name(text.into());
    assert_eq!(scan("width = 1.5"), Ok(vec![name("width"), Sign('='), Number(1.5)]));
    assert_eq!(scan("box.top"), Ok(vec![name("box"), Dot, name("top")]));
}

#[test]
fn a_range_of_numbers() {
    assert_eq!(scan("1..5"), Ok(vec![Number(1.0), Range, Number(5.0)]));
}

#[test]
fn bad_letters_have_a_place() {
    assert_eq!(scan("a ? b"), Err(2));
}
