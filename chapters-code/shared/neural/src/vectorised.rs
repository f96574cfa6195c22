//! Loops over numbers, compiled for the widest vectors of the processor at hand.
//!
//! A program is compiled for the oldest processor it may meet. [`pulp`] holds each of
//! these loops several times, for vectors of several widths, and picks one at run time.
//! Each entry is computed alone, so the width changes the time and never the bits.

use pulp::{Arch, NullaryFnOnce};

/// x ← f(x), entry by entry.
pub fn replace<R: Copy>(x: &mut [R], f: impl Fn(R) -> R) {
    struct Loop<'a, R, F>(&'a mut [R], F);
    impl<R: Copy, F: Fn(R) -> R> NullaryFnOnce for Loop<'_, R, F> {
        type Output = ();

        #[inline(always)]
        fn call(self) {
            for x in self.0 {
                *x = (self.1)(*x);
            }
        }
    }
    Arch::new().dispatch(Loop(x, f));
}

/// (y, z) ← f(x), entry by entry.
pub fn map_pair<R: Copy>(y: &mut [R], z: &mut [R], x: &[R], f: impl Fn(R) -> (R, R)) {
    struct Loop<'a, R, F>(&'a mut [R], &'a mut [R], &'a [R], F);
    impl<R: Copy, F: Fn(R) -> (R, R)> NullaryFnOnce for Loop<'_, R, F> {
        type Output = ();

        #[inline(always)]
        fn call(self) {
            for ((y, z), &x) in self.0.iter_mut().zip(self.1).zip(self.2) {
                (*y, *z) = (self.3)(x);
            }
        }
    }
    assert!(y.len() == x.len() && z.len() == x.len(), "entries pair one to one");
    Arch::new().dispatch(Loop(y, z, x, f));
}

/// y ← f(y, a, b), entry by entry.
pub fn update<R: Copy>(y: &mut [R], a: &[R], b: &[R], f: impl Fn(R, R, R) -> R) {
    struct Loop<'a, R, F>(&'a mut [R], &'a [R], &'a [R], F);
    impl<R: Copy, F: Fn(R, R, R) -> R> NullaryFnOnce for Loop<'_, R, F> {
        type Output = ();

        #[inline(always)]
        fn call(self) {
            for ((y, &a), &b) in self.0.iter_mut().zip(self.1).zip(self.2) {
                *y = (self.3)(*y, a, b);
            }
        }
    }
    assert!(y.len() == a.len() && y.len() == b.len(), "entries pair one to one");
    Arch::new().dispatch(Loop(y, a, b, f));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_done_once_and_alone() {
        for n in [0, 1, 7, 64, 1001] {
            let x: Vec<f32> = (0..n).map(|i| i as f32 * 0.37 - 3.0).collect();
            let (mut y, mut z) = (vec![0.0; n], vec![0.0; n]);
            y.copy_from_slice(&x);
            replace(&mut y, |x| x * x + 0.1);
            assert!(
                y.iter().zip(&x).all(|(&y, &x)| y.to_bits() == (x * x + 0.1).to_bits())
            );
            map_pair(&mut y, &mut z, &x, |x| (2.0 * x, x / 3.0));
            assert!(y.iter().zip(&x).all(|(&y, &x)| y == 2.0 * x));
            assert!(z.iter().zip(&x).all(|(&z, &x)| z.to_bits() == (x / 3.0).to_bits()));
            update(&mut y, &x, &z, |y, a, b| y - a * b);
            assert!(
                (0..n).all(|i| y[i].to_bits() == (2.0 * x[i] - x[i] * z[i]).to_bits())
            );
        }
    }

    #[test]
    #[should_panic(expected = "entries pair one to one")]
    fn a_pair_of_two_lengths_is_refused() {
        map_pair(&mut [0.0; 3], &mut [0.0; 2], &[1.0; 3], |x| (x, x));
    }

    #[test]
    #[should_panic(expected = "entries pair one to one")]
    fn an_update_of_two_lengths_is_refused() {
        update(&mut [0.0; 3], &[1.0; 3], &[1.0; 4], |y, _, _| y);
    }

    #[test]
    #[should_panic(expected = "entries pair one to one")]
    fn a_pair_for_fewer_entries_is_refused() {
        map_pair(&mut [0.0; 2], &mut [0.0; 3], &[1.0; 3], |x| (x, x));
    }

    #[test]
    #[should_panic(expected = "entries pair one to one")]
    fn an_update_by_fewer_entries_is_refused() {
        update(&mut [0.0; 3], &[1.0; 2], &[1.0; 3], |y, _, _| y);
    }
}
