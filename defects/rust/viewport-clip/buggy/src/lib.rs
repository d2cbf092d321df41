//! Clipping for a scrolling view.

/// A box of pixels: from `left` and `top` on, `width` and `height` of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    pub left: i32,
    pub top: i32,
    pub width: u32,
    pub height: u32,
}

impl Area {
    pub fn new(left: i32, top: i32, width: u32, height: u32) -> Self {
        Area { left, top, width, height }
    }

    /// The first pixel to the right of the box.
    fn right(&self) -> i32 {
        self.left + self.width as i32
    }

    /// The first pixel below the box.
    fn bottom(&self) -> i32 {
        self.top + self.height as i32
    }

    /// The pixels that lie in both boxes; None when there are none.
    pub fn clip(&self, view: &Area) -> Option<Area> {
        let left = self.left.max(view.left);
        let top = self.top.max(view.top);
        let right = self.right().min(view.right());
        let bottom = self.bottom().min(view.bottom());
        if right < left && bottom < top {
            return None;
        }
        Some(Area::new(left, top, (right - left) as u32, (bottom - top) as u32))
    }
}

/// What of the boxes can be seen in the view, each with its place in the list.
pub fn visible(boxes: &[Area], view: &Area) -> Vec<(usize, Area)> {
    let seen = boxes.iter().map(|area| area.clip(view)).enumerate();
    seen.filter_map(|(index, area)| Some((index, area?))).collect()
}

/// How many pixels of the view the boxes cover; pixels under several boxes count for each.
pub fn load(boxes: &[Area], view: &Area) -> u64 {
    let seen = visible(boxes, view);
    seen.iter().map(|(_, area)| u64::from(area.width) * u64::from(area.height)).sum()
}
