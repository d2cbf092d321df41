use label_margins::{Layout, Point, Size};

#[test]
fn every_gap_in_the_lower_right_corner() {
    for gap_x in 0..6 {
        for gap_y in 0..6 {
            let layout = Layout { map: Size { width: 50, height: 40 }, gap_x, gap_y };
            let label = Size { width: 12, height: 7 };
            let place = layout.place(Point { x: 48, y: 38 }, label);
            assert_eq!(place, Point { x: 48 - gap_x - 12, y: 38 - gap_y - 7 });
        }
    }
}

#[test]
fn an_exact_fit_stays_right_and_below() {
    let layout = Layout { map: Size { width: 50, height: 40 }, gap_x: 3, gap_y: 5 };
    let label = Size { width: 10, height: 8 };
    assert_eq!(layout.place(Point { x: 37, y: 27 }, label), Point { x: 40, y: 32 });
    assert_eq!(layout.place(Point { x: 38, y: 28 }, label), Point { x: 25, y: 15 });
}

#[test]
fn fitting_depends_on_the_gap_of_the_axis() {
    let layout = Layout { map: Size { width: 50, height: 20 }, gap_x: 20, gap_y: 1 };
    assert!(layout.fits(Point { x: 25, y: 15 }, Size { width: 5, height: 10 }));
    let layout = Layout { map: Size { width: 50, height: 20 }, gap_x: 1, gap_y: 9 };
    assert!(!layout.fits(Point { x: 25, y: 15 }, Size { width: 5, height: 10 }));
}
