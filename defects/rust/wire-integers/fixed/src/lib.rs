//! Integers of variable length on the wire: seven bits a byte, the lowest first; the high bit of a
//! byte says that another one follows.

/// Why bytes are no integer.
#[derive(Debug, PartialEq, Eq)]
pub enum WireError {
    /// The bytes end in the middle.
    Short,
    /// The integer has more than 64 bits.
    Large,
}

/// Appends an integer.
pub fn write(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// The integer at the start of the bytes, and how many bytes it took.
pub fn read(bytes: &[u8]) -> Result<(u64, usize), WireError> {
    let mut value = 0;
    for (count, &byte) in bytes.iter().enumerate() {
        let group = u64::from(byte & 0x7f);
        let shift = count as u32 * 7;
        if shift > 63 || group << shift >> shift != group {
            return Err(WireError::Large);
        }
        value |= group << shift;
        if byte & 0x80 == 0 {
            return Ok((value, count + 1));
        }
    }
    Err(WireError::Short)
}

/// All integers of a message, one after the other.
pub fn read_all(mut bytes: &[u8]) -> Result<Vec<u64>, WireError> {
    let mut values = Vec::new();
    while !bytes.is_empty() {
        let (value, length) = read(bytes)?;
        values.push(value);
        bytes = &bytes[length..];
    }
    Ok(values)
}
