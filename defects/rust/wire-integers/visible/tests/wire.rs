use wire_integers::{read, read_all, write, WireError};

#[test]
fn one_byte() {
    assert_eq!(read(&[0x05]), Ok((5, 1)));
}

#[test]
fn two_bytes() {
    assert_eq!(read(&[0x80, 0x01, 0xff]), Ok((128, 2)));
}

#[test]
fn there_and_back() {
    let mut bytes = Vec::new();
    for value in [1, 300, 70_000] {
        write(value, &mut bytes);
    }
    assert_eq!(read_all(&bytes), Ok(vec![1, 300, 70_000]));
}

#[test]
fn cut_off() {
    assert_eq!(read(&[0x80]), Err(WireError::Short));
}
