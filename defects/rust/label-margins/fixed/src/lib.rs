//! Places for labels beside the points of a map.

/// Pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    pub x: i32,
    pub y: i32,
}

/// Width and height in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    pub width: i32,
    pub height: i32,
}

/// Where labels may be, and how far from their points.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    pub map: Size,
    /// Pixels between a point and its label, sideways.
    pub gap_x: i32,
    /// Pixels between a point and its label, up and down.
    pub gap_y: i32,
}

impl Layout {
    /// The top left corner of a label: to the right of the point where it fits on the map there,
    /// else to its left; below the point where it fits, else above it.
    pub fn place(&self, point: Point, label: Size) -> Point {
        let right = point.x + self.gap_x;
        let left = point.x - self.gap_x - label.width;
        let below = point.y + self.gap_y;
        let above = point.y - self.gap_y - label.height;
        Point {
            x: if right + label.width <= self.map.width { right } else { left },
            y: if below + label.height <= self.map.height { below } else { above },
        }
    }

    /// Whether a label can be placed without sticking out on any side.
    pub fn fits(&self, point: Point, label: Size) -> bool {
        let Point { x, y } = self.place(point, label);
        x >= 0 && y >= 0
    }
}
