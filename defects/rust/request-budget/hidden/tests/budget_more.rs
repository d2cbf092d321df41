use request_budget::Budget;

#[test]
fn a_pause_of_years() {
    let mut budget = Budget::new(5, 1, 0);
    budget.take(0);
    budget.take(0);
    assert_eq!(budget.left(u64::from(u32::MAX) + 1), 5);
    budget.take(u64::from(u32::MAX) + 1);
    assert_eq!(budget.left(u64::MAX), 5);
    let mut budget = Budget::new(u32::MAX, 1, 0);
    budget.take(0);
    assert_eq!(budget.left(u64::from(u32::MAX)), u32::MAX);
}

#[test]
fn time_goes_on_from_where_it_was_set_back_to() {
    let mut budget = Budget::new(2, 100, 5000);
    budget.take(5000);
    budget.take(5000);
    assert_eq!(budget.left(4000), 0);
    assert_eq!(budget.left(4099), 0);
    assert_eq!(budget.left(4100), 1);
    assert_eq!(budget.left(4200), 2);
}

#[test]
fn a_full_budget_saves_no_time() {
    let mut budget = Budget::new(1, 100, 0);
    assert!(budget.take(250));
    assert_eq!(budget.left(349), 0);
    assert_eq!(budget.left(350), 1);
}

#[test]
fn the_begun_refill_is_kept() {
    let mut budget = Budget::new(4, 100, 0);
    for _ in 0..4 {
        budget.take(0);
    }
    assert_eq!(budget.left(150), 1);
    assert_eq!(budget.left(199), 1);
    assert_eq!(budget.left(200), 2);
}

#[test]
fn no_budget_at_all() {
    let mut budget = Budget::new(0, 10, 0);
    assert!(!budget.take(1000));
}
