use viewport_clip::{load, visible, Area};

const VIEW: Area = Area { left: 0, top: 0, width: 100, height: 50 };

#[test]
fn inside() {
    let area = Area::new(10, 10, 20, 20);
    assert_eq!(area.clip(&VIEW), Some(area));
}

#[test]
fn across_a_corner() {
    assert_eq!(Area::new(-5, 40, 10, 20).clip(&VIEW), Some(Area::new(0, 40, 5, 10)));
}

#[test]
fn beside_the_view() {
    assert_eq!(Area::new(120, 10, 20, 20).clip(&VIEW), None);
}

#[test]
fn only_what_is_seen_is_listed() {
    let boxes = [Area::new(0, 0, 10, 10), Area::new(100, 0, 10, 10), Area::new(90, 45, 20, 20)];
    let seen: Vec<usize> = visible(&boxes, &VIEW).into_iter().map(|(index, _)| index).collect();
    assert_eq!(seen, [0, 2]);
    assert_eq!(load(&boxes, &VIEW), 100 + 50);
}
