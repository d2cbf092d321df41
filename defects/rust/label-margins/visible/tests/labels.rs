use label_margins::{Layout, Point, Size};

const LAYOUT: Layout = Layout { map: Size { width: 100, height: 80 }, gap_x: 4, gap_y: 2 };
const LABEL: Size = Size { width: 30, height: 10 };

#[test]
fn right_and_below() {
    assert_eq!(LAYOUT.place(Point { x: 10, y: 10 }, LABEL), Point { x: 14, y: 12 });
}

#[test]
fn left_at_the_right_side() {
    assert_eq!(LAYOUT.place(Point { x: 90, y: 10 }, LABEL), Point { x: 56, y: 12 });
}

#[test]
fn above_at_the_lower_side() {
    assert_eq!(LAYOUT.place(Point { x: 10, y: 75 }, LABEL), Point { x: 14, y: 63 });
}

#[test]
fn a_label_as_large_as_the_map() {
    assert!(!LAYOUT.fits(Point { x: 50, y: 40 }, LAYOUT.map));
}
