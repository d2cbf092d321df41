use slot_generation::Slots;

#[test]
fn finds_what_was_inserted() {
    let mut slots = Slots::default();
    let ant = slots.insert("ant");
    let bee = slots.insert("bee");
    assert_eq!(slots.get(ant), Some(&"ant"));
    assert_eq!(slots.get(bee), Some(&"bee"));
    assert_eq!(slots.len(), 2);
}

#[test]
fn removes_once() {
    let mut slots = Slots::default();
    let ant = slots.insert("ant");
    assert_eq!(slots.remove(ant), Some("ant"));
    assert_eq!(slots.remove(ant), None);
    assert!(slots.is_empty());
}

#[test]
fn an_old_handle_does_not_find_the_new_entry() {
    let mut slots = Slots::default();
    let ant = slots.insert("ant");
    slots.remove(ant);
    slots.insert("bee");
    assert_eq!(slots.get(ant), None);
}
