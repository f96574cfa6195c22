//! A loop that sometimes makes twice the steps it was asked for, and one that does not.

// ANCHOR: loop
/// A loop to be found in lecture notes: n steps, as long as t < 1. `step`
/// gets t and h.
///
/// After n additions of the rounded 1/n the time may be a little less than 1.
/// Then all n steps are made again.
pub fn faulty_loop(n: usize, mut step: impl FnMut(f64, f64)) {
    let h = 1.0 / n as f64;
    let mut t = 0.0;
    while t < 1.0 {
        for _ in 0..n {
            step(t, h);
            t += h;
        }
    }
}

/// The loop as it should be: steps are counted, times computed from the
/// count.
pub fn integer_loop(n: usize, mut step: impl FnMut(f64, f64)) {
    for i in 0..n {
        step(i as f64 / n as f64, 1.0 / n as f64);
    }
}
// ANCHOR_END: loop

/// How many steps [`faulty_loop`] makes when asked for `n` ≥ 1: n or 2n.
pub fn steps_of_the_faulty_loop(n: usize) -> usize {
    let mut steps = 0;
    faulty_loop(n, |_, _| steps += 1);
    steps
}

/// How many steps [`integer_loop`] makes when asked for `n` ≥ 1: n.
pub fn steps_of_the_integer_loop(n: usize) -> usize {
    let mut steps = 0;
    integer_loop(n, |_, _| steps += 1);
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_tenths_are_less_than_one() {
        let mut times = Vec::new();
        faulty_loop(10, |t, _| times.push(t));
        assert_eq!(times.len(), 20);
        assert!(times[10] < 1.0 && times[10] > 1.0 - 1e-15);
        // The particle is carried to time 2.
        assert!((times[19] - 1.9).abs() < 1e-14);
    }

    #[test]
    fn the_integer_loop_stops_after_its_steps() {
        let mut times = Vec::new();
        integer_loop(10, |t, h| times.push((t, h)));
        assert_eq!(times.len(), 10);
        assert_eq!((times[0], times[3], times[9]), ((0.0, 0.1), (0.3, 0.1), (0.9, 0.1)));
        assert_eq!(steps_of_the_integer_loop(10), 10);
    }
}
