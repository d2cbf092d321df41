use wire_integers::{read, read_all, write, WireError};

#[test]
fn every_length() {
    for bits in 0..64 {
        for value in [1 << bits, (1 << bits) - 1, u64::MAX >> bits] {
            let mut bytes = Vec::new();
            write(value, &mut bytes);
            assert_eq!(read(&bytes), Ok((value, bytes.len())), "{value:#x}");
        }
    }
}

#[test]
fn more_than_64_bits() {
    let mut bytes = vec![0xff; 9];
    bytes.push(0x01);
    assert_eq!(read(&bytes), Ok((u64::MAX, 10)));
    bytes[9] = 0x02;
    assert_eq!(read(&bytes), Err(WireError::Large));
    assert_eq!(read(&[0x80; 11]), Err(WireError::Large));
}

#[test]
fn needless_zeros_are_allowed() {
    assert_eq!(read(&[0x85, 0x80, 0x00]), Ok((5, 3)));
}

#[test]
fn messages() {
    assert_eq!(read_all(&[]), Ok(vec![]));
    assert_eq!(read_all(&[0xac, 0x02, 0x00]), Ok(vec![300, 0]));
    assert_eq!(read_all(&[0x01, 0xac]), Err(WireError::Short));
}
