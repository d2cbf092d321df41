use viewport_clip::{load, visible, Area};

const VIEW: Area = Area { left: 10, top: 20, width: 100, height: 50 };

#[test]
fn beyond_each_side() {
    for (left, top) in [(-50, 30), (200, 30), (30, -50), (30, 200)] {
        assert_eq!(Area::new(left, top, 20, 20).clip(&VIEW), None, "{left}, {top}");
    }
}

#[test]
fn touching_each_side() {
    for (left, top) in [(-10, 30), (110, 30), (30, 0), (30, 70)] {
        assert_eq!(Area::new(left, top, 20, 20).clip(&VIEW), None, "{left}, {top}");
    }
}

#[test]
fn one_pixel_inside_each_side() {
    for (left, top, seen) in [
        (-9, 30, Area::new(10, 30, 1, 20)),
        (109, 30, Area::new(109, 30, 1, 20)),
        (30, 1, Area::new(30, 20, 20, 1)),
        (30, 69, Area::new(30, 69, 20, 1)),
    ] {
        assert_eq!(Area::new(left, top, 20, 20).clip(&VIEW), Some(seen));
    }
}

#[test]
fn an_empty_box_is_never_seen() {
    assert_eq!(Area::new(30, 30, 0, 10).clip(&VIEW), None);
    assert_eq!(Area::new(30, 30, 10, 0).clip(&VIEW), None);
    assert_eq!(visible(&[Area::new(30, 30, 0, 0)], &VIEW), []);
}

#[test]
fn larger_than_the_view() {
    assert_eq!(Area::new(-500, -500, 1000, 1000).clip(&VIEW), Some(VIEW));
    assert_eq!(load(&[VIEW, VIEW], &VIEW), 10_000);
}
