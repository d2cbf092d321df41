//! Paths of resources inside a packed archive.

/// Why a path names no resource.
#[derive(Debug, PartialEq, Eq)]
pub enum PathError {
    /// It leaves the archive.
    Outside,
    /// It names the archive itself, or nothing.
    Empty,
}

/// The canonical form of a path relative to the archive's root: parts joined by `/`, without `.`,
/// `..` or empty parts. `\` counts as `/`. A path that leaves the root is an error even where it
/// comes back in later.
pub fn canonical(path: &str) -> Result<String, PathError> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    if parts.is_empty() {
        return Err(PathError::Empty);
    }
    Ok(parts.join("/"))
}

/// The canonical form of `path`, relative to the folder of the resource `from`.
pub fn resolve(from: &str, path: &str) -> Result<String, PathError> {
    if path.starts_with(['/', '\\']) {
        return canonical(path);
    }
    canonical(&format!("{from}/../{path}"))
}
