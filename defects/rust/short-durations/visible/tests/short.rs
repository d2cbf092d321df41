use short_durations::{remaining, short};

#[test]
fn each_unit() {
    assert_eq!(short(850), "850ms");
    assert_eq!(short(12_340), "12.3s");
    assert_eq!(short(185_000), "3m05s");
    assert_eq!(short(7_620_000), "2h07m");
}

#[test]
fn never_sixty_seconds() {
    assert_eq!(short(119_600), "2m00s");
}

#[test]
fn what_is_left() {
    assert_eq!(remaining(0, 10, 500), "unknown");
    assert_eq!(remaining(5, 10, 20_000), "20.0s");
}
