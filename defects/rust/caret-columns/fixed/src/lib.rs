//! Messages that point at a place in a text.

use std::ops::Range;

/// The line of `source` that holds the byte at `span.start`, counted from 1, that line, and a line
/// of carets below the letters of the span:
///
/// ```text
/// 2 | let größe = 1;
///   |     ^^^^^
/// ```
///
/// `span` is in bytes and starts and ends between letters. A span that goes on into the next line is
/// marked up to the end of its first line; an empty one with a single caret. Tabs stay tabs, so that
/// the carets stand where they should.
pub fn point_at(source: &str, span: Range<usize>) -> String {
    let start = source[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = source[span.start..].find('\n').map_or(source.len(), |at| span.start + at);
    let number = source[..start].matches('\n').count() + 1;
    let line = &source[start..end];

    let before: String = source[start..span.start].chars().map(blank).collect();
    let marked = source[span.start..span.end.min(end)].chars().count();
    let gutter = number.to_string();
    format!(
        "{gutter} | {line}\n{} | {before}{}",
        " ".repeat(gutter.len()),
        "^".repeat(marked.max(1)),
    )
}

/// What stands below a letter that is not marked.
fn blank(letter: char) -> char {
    if letter == '\t' {
        '\t'
    } else {
        ' '
    }
}
