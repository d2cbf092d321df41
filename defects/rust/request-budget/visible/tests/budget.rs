use request_budget::Budget;

#[test]
fn is_used_up() {
    let mut budget = Budget::new(2, 100, 0);
    assert!(budget.take(0));
    assert!(budget.take(1));
    assert!(!budget.take(2));
}

#[test]
fn comes_back_over_time() {
    let mut budget = Budget::new(3, 100, 1000);
    for _ in 0..3 {
        budget.take(1000);
    }
    assert_eq!(budget.left(1099), 0);
    assert_eq!(budget.left(1100), 1);
    assert_eq!(budget.left(1250), 2);
}

#[test]
fn a_clock_that_is_set_back() {
    let mut budget = Budget::new(2, 100, 5000);
    assert!(budget.take(5000));
    assert!(budget.take(4000));
    assert!(!budget.take(4050));
}
