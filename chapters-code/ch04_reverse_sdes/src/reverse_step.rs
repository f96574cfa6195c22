//! One step of the way back.

use crate::schedules::NoiseSchedule;
use dynamics::{State, VectorField};

// ANCHOR: reverse-step
/// X_{t−h} from X_t = `x`: x + h [g² s(t, x) − a x] + √h g ξ.
///
/// Euler–Maruyama on the reverse SDE. `xi` is a draw from N(0, I); `h > 0`. One
/// evaluation of the score; weak order 1.
///
/// # Panics
/// If h is not positive, or t lies outside the interval of the schedule.
pub fn reverse_step<X: State>(
    schedule: &impl NoiseSchedule,
    score: &impl VectorField<X>,
    (t, h): (f64, f64),
    x: &X,
    xi: &X,
) -> X {
    assert!(h > 0.0, "a step back has a length h > 0, and not {h}");
    let t = schedule.interval().inside(t);
    let (a, g2) = (schedule.rate(t), schedule.noise_rate(t));
    x.plus(-h * a, x).plus(h * g2, &score.velocity(t, x)).plus((h * g2).sqrt(), xi)
}
// ANCHOR_END: reverse-step

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Backward;
    use crate::problem::{SCHEDULE, two_heaps};
    use ch02_brownian_motion::EulerMaruyama;
    use dynamics::{Point, SdeMethod};

    #[test]
    fn it_is_euler_maruyama_on_the_reverse_equation() {
        let law = two_heaps(SCHEDULE);
        let back = Backward { schedule: SCHEDULE, score: law.clone(), lambda: 1.0 };
        let (x, xi) = (Point::<1>::new(0.7), Point::<1>::new(-1.3));
        let (t, h) = (0.4, 0.01_f64);
        let step = reverse_step(&SCHEDULE, &law, (t, h), &x, &xi);
        let dw = xi * h.sqrt();
        let euler = EulerMaruyama.step(&back, 1.0 - t, h, &x, &dw);
        assert!((step - euler).norm() < 1e-14);
    }

    fn step(t: f64, h: f64) -> f64 {
        reverse_step(&SCHEDULE, &|_: f64, x: &f64| -x, (t, h), &0.3, &0.7)
    }

    #[test]
    #[should_panic(expected = "a length h > 0, and not -0.01")]
    fn a_step_of_negative_length_is_told() {
        let _ = step(0.4, -0.01);
    }

    #[test]
    #[should_panic(expected = "from t = 0.001 to t = 1 and has no t = 1.2")]
    fn a_time_outside_is_told() {
        let _ = step(1.2, 0.01);
    }
}
