use slot_generation::Slots;
use std::collections::HashSet;

#[test]
fn an_old_handle_does_not_remove_the_new_entry() {
    let mut slots = Slots::default();
    let old = slots.insert(1);
    slots.remove(old);
    let new = slots.insert(2);
    assert_eq!(slots.remove(old), None);
    assert_eq!(slots.get(new), Some(&2));
    assert_eq!(slots.len(), 1);
}

#[test]
fn no_handle_is_given_twice() {
    let mut slots = Slots::default();
    let mut seen = HashSet::new();
    for round in 0..50 {
        let first = slots.insert(round);
        let second = slots.insert(round);
        assert!(seen.insert(first) && seen.insert(second));
        slots.remove(first);
        slots.remove(second);
    }
    assert!(seen.iter().all(|&handle| slots.get(handle).is_none()));
}

#[test]
fn places_are_used_again() {
    let mut slots = Slots::default();
    let handles: Vec<_> = (0..4).map(|n| slots.insert(n)).collect();
    slots.remove(handles[1]);
    slots.remove(handles[2]);
    slots.insert(10);
    assert_eq!(slots.len(), 3);
    assert_eq!(slots.get(handles[0]), Some(&0));
    assert_eq!(slots.get(handles[3]), Some(&3));
}
