//! Moments of normal numbers, and what powers of the increments add up to.

use crate::increments;

// ANCHOR: moment
/// E Zᵖ for Z ~ N(0, `variance`): (p − 1)!! times the variance to the power
/// p/2, and 0 for odd p.
pub fn normal_moment(p: u32, variance: f64) -> f64 {
    if p % 2 == 1 {
        return 0.0;
    }
    (1..p).step_by(2).map(|k| f64::from(k) * variance).product()
}
// ANCHOR_END: moment

// ANCHOR: variation
/// Σ (ΔW)² over the steps of a path: its quadratic variation on the grid.
pub fn quadratic_variation(path: &[f64]) -> f64 {
    increments(path).iter().map(|dw| dw * dw).sum()
}

/// Σ |ΔW|ᵖ over the steps of a path.
pub fn variation(path: &[f64], p: i32) -> f64 {
    increments(path).iter().map(|dw| dw.abs().powi(p)).sum()
}
// ANCHOR_END: variation

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_by_hand() {
        // 1, v, 3 v², 15 v³ with v = 0.5.
        let moments = [0, 1, 2, 3, 4, 5, 6].map(|p| normal_moment(p, 0.5));
        assert_eq!(moments, [1.0, 0.0, 0.5, 0.0, 0.75, 0.0, 1.875]);
    }

    #[test]
    fn variations_by_hand() {
        let path = [0.0, 2.0, -1.0, -1.5];
        assert_eq!(quadratic_variation(&path), 4.0 + 9.0 + 0.25);
        assert_eq!(variation(&path, 1), 5.5);
        assert_eq!(variation(&path, 3), 8.0 + 27.0 + 0.125);
    }
}
