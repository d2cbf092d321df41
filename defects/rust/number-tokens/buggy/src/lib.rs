//! The scanner of a small query language.

/// One token.
#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    /// A number, with or without decimals: `12`, `1.5`.
    Number(f64),
    /// A name: letters, digits and `_`, not starting with a digit.
    Name(String),
    /// `..`, between the ends of a range.
    Range,
    /// `.`, before a field.
    Dot,
    /// Any other single sign.
    Sign(char),
}

/// The tokens of a text. A dot belongs to a number only where a digit follows it. A text that
/// cannot be scanned gives the place of the first bad letter, counted in letters from 0.
pub fn scan(text: &str) -> Result<Vec<Token>, usize> {
    let letters: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let start = at;
        match letters[at] {
            letter if letter.is_whitespace() => at += 1,
            '0'..='9' => {
                at = end_of_number(&letters, at);
                let number: String = letters[start..at].iter().collect();
                tokens.push(Token::Number(number.parse().map_err(|_| start)?));
            }
            letter if letter.is_alphabetic() || letter == '_' => {
                while at < letters.len() && (letters[at].is_alphanumeric() || letters[at] == '_') {
                    at += 1;
                }
                tokens.push(Token::Name(letters[start..at].iter().collect()));
            }
            '.' if letters.get(at + 1) == Some(&'.') => {
                tokens.push(Token::Range);
                at += 2;
            }
            '.' => {
                tokens.push(Token::Dot);
                at += 1;
            }
            sign @ ('(' | ')' | ',' | '=' | '<' | '>' | '+' | '-' | '*') => {
                tokens.push(Token::Sign(sign));
                at += 1;
            }
            _ => return Err(at),
        }
    }
    Ok(tokens)
}

/// Where the number that starts at `at` ends.
fn end_of_number(letters: &[char], mut at: usize) -> usize {
    while at < letters.len() && (letters[at].is_ascii_digit() || letters[at] == '.') {
        at += 1;
    }
    at
}
