//! One step of the way back.

use crate::schedules::NoiseSchedule;
use dynamics::{State, VectorField};

// ANCHOR: reverse-step
/// X_{t−h} from X_t = `x`: x + h [g² s(t, x) − a x] + √h g ξ.
///
/// Euler–Maruyama on the reverse SDE. `xi` is a draw from N(0, I); `h > 0`. One
/// evaluation of the score; weak order 1.
pub fn reverse_step<X: State>(
    schedule: &impl NoiseSchedule,
    score: &impl VectorField<X>,
    (t, h): (f64, f64),
    x: &X,
    xi: &X,
) -> X {
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
}
