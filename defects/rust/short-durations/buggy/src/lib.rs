//! Durations for progress displays: short, and never more precise than anybody reads.

/// A duration in milliseconds, as text: below one second as it is (`850ms`), below one minute in
/// seconds with one decimal (`12.3s`), below one hour in minutes and whole seconds (`3m05s`), else
/// in hours and whole minutes (`2h07m`). Values are rounded to what is shown, half
/// up; one that is rounded up to the next larger unit is shown in that unit (59.97 s is `1m00s`).
pub fn short(milliseconds: u64) -> String {
    if milliseconds < 1000 {
        return format!("{milliseconds}ms");
    }
    if milliseconds < 60_000 {
        let tenths = (milliseconds + 50) / 100;
        return format!("{}.{}s", tenths / 10, tenths % 10);
    }
    if milliseconds < 3_600_000 {
        let minutes = milliseconds / 60_000;
        let seconds = (milliseconds % 60_000 + 500) / 1000;
        return format!("{minutes}m{seconds:02}s");
    }
    let hours = milliseconds / 3_600_000;
    let minutes = (milliseconds % 3_600_000 + 30_000) / 60_000;
    format!("{hours}h{minutes:02}m")
}

/// How long is left at this speed, as text; `unknown` before anything is done.
pub fn remaining(done: u64, total: u64, elapsed_ms: u64) -> String {
    match done {
        0 => String::from("unknown"),
        _ => short(elapsed_ms * total.saturating_sub(done) / done),
    }
}
