use short_durations::{remaining, short};

#[test]
fn seconds_become_a_minute() {
    assert_eq!(short(59_949), "59.9s");
    assert_eq!(short(59_950), "1m00s");
    assert_eq!(short(59_999), "1m00s");
    assert_eq!(short(60_000), "1m00s");
}

#[test]
fn minutes_become_an_hour() {
    assert_eq!(short(3_599_499), "59m59s");
    assert_eq!(short(3_599_500), "1h00m");
    assert_eq!(short(3_600_000), "1h00m");
}

#[test]
fn minutes_and_hours_carry() {
    assert_eq!(short(179_499), "2m59s");
    assert_eq!(short(179_500), "3m00s");
    assert_eq!(short(7_169_999), "1h59m");
    assert_eq!(short(7_170_000), "2h00m");
    assert_eq!(short(90_000_000), "25h00m");
}

#[test]
fn half_up() {
    assert_eq!(short(0), "0ms");
    assert_eq!(short(999), "999ms");
    assert_eq!(short(1_049), "1.0s");
    assert_eq!(short(1_050), "1.1s");
    assert_eq!(short(60_499), "1m00s");
    assert_eq!(short(60_500), "1m01s");
}

#[test]
fn nothing_is_left() {
    assert_eq!(remaining(10, 10, 20_000), "0ms");
    assert_eq!(remaining(12, 10, 20_000), "0ms");
    assert_eq!(remaining(1, 3, 29_990), "1m00s");
}
