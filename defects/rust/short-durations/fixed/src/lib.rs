//! Durations for progress displays: short, and never more precise than anybody reads.

/// A duration in milliseconds, as text: below one second as it is (`850ms`), below one minute in
/// seconds with one decimal (`12.3s`), below one hour in minutes and whole seconds (`3m05s`), else
/// in hours and whole minutes (`2h07m`). Values are rounded to what is shown, half
/// up; one that is rounded up to the next larger unit is shown in that unit (59.97 s is `1m00s`).
pub fn short(milliseconds: u64) -> String {
    if milliseconds < 1000 {
        return format!("{milliseconds}ms");
    }
    let tenths = (milliseconds + 50) / 100;
    if tenths < 600 {
        return format!("{}.{}s", tenths / 10, tenths % 10);
    }
    let seconds = (milliseconds + 500) / 1000;
    if seconds < 3600 {
        return format!("{}m{:02}s", seconds / 60, seconds % 60);
    }
    let minutes = (milliseconds + 30_000) / 60_000;
    format!("{}h{:02}m", minutes / 60, minutes % 60)
}

/// How long is left at this speed, as text; `unknown` before anything is done.
pub fn remaining(done: u64, total: u64, elapsed_ms: u64) -> String {
    match done {
        0 => String::from("unknown"),
        _ => short(elapsed_ms * total.saturating_sub(done) / done),
    }
}
