use resource_paths::{canonical, resolve, PathError};

#[test]
fn dots_and_slashes_go() {
    assert_eq!(canonical("./maps//town.png"), Ok("maps/town.png".into()));
    assert_eq!(canonical("maps\\town.png"), Ok("maps/town.png".into()));
}

#[test]
fn a_parent_takes_its_folder_away() {
    assert_eq!(canonical("maps/old/../town.png"), Ok("maps/town.png".into()));
}

#[test]
fn nothing_outside_the_archive() {
    assert_eq!(canonical("../secret.txt"), Err(PathError::Outside));
}

#[test]
fn relative_to_another_resource() {
    assert_eq!(resolve("maps/town.map", "town.png"), Ok("maps/town.png".into()));
    assert_eq!(resolve("maps/town.map", "/font.ttf"), Ok("font.ttf".into()));
}
