use resource_paths::{canonical, resolve, PathError};

#[test]
fn out_and_in_again_is_outside() {
    for path in ["maps/../../maps/town.png", "a/../../a", "./../a", "\\..\\a", "a/b/../../../c"] {
        assert_eq!(canonical(path), Err(PathError::Outside), "{path}");
    }
}

#[test]
fn back_to_the_root_is_inside() {
    assert_eq!(canonical("a/../b"), Ok("b".into()));
    assert_eq!(canonical("a/b/../../c/d/.."), Ok("c".into()));
}

#[test]
fn the_root_is_no_resource() {
    for path in ["", "/", ".", "a/..", "a/b/../../."] {
        assert_eq!(canonical(path), Err(PathError::Empty), "{path}");
    }
}

#[test]
fn names_with_dots_are_names() {
    assert_eq!(canonical("..a/...b/c.."), Ok("..a/...b/c..".into()));
}

#[test]
fn resolving_upwards() {
    assert_eq!(resolve("maps/old/town.map", "../new/town.png"), Ok("maps/new/town.png".into()));
    assert_eq!(resolve("town.map", "../town.png"), Err(PathError::Outside));
    assert_eq!(resolve("maps/town.map", "../../town.png"), Err(PathError::Outside));
    assert_eq!(resolve("maps/town.map", "/../town.png"), Err(PathError::Outside));
}
