//! What a short step does to a density, in powers of its increment.

use ch02_brownian_motion::OrnsteinUhlenbeck;

/// The coefficients of a polynomial in u = z − m, from that of u⁰.
pub type Polynomial = Vec<f64>;

/// The law N(m, v).
#[derive(Clone, Copy, Debug)]
pub struct Normal {
    /// m.
    pub mean: f64,
    /// v > 0.
    pub variance: f64,
}

// ANCHOR: kramers-moyal
/// The terms (−1)ᵏ/k! ∂ᵏ(Mₖ p)/p at x, for k = 1, 2, …, where p is a normal
/// density and Mₖ(z) is the mean of Δᵏ for a particle that stands at z.
///
/// `moments` are M₁, M₂, … as polynomials in z − m, with m the mean of p.
pub fn kramers_moyal(moments: &[Polynomial], p: Normal, x: f64) -> Vec<f64> {
    let mut terms = Vec::new();
    let mut factor = 1.0;
    for (k, moment) in (1..).zip(moments) {
        factor *= -1.0 / f64::from(k);
        let derivative = (0..k).fold(moment.clone(), |q, _| slope(&q, p.variance));
        terms.push(factor * value(&derivative, x - p.mean));
    }
    terms
}

/// (q p)′/p = q′ − u q/v for a polynomial q in u = x − m, and p = N(m, v).
fn slope(q: &[f64], v: f64) -> Polynomial {
    let mut slope = vec![0.0; q.len() + 1];
    for (i, c) in q.iter().enumerate() {
        slope[i + 1] -= c / v;
        if i > 0 {
            slope[i - 1] += i as f64 * c;
        }
    }
    slope
}
// ANCHOR_END: kramers-moyal

/// q(u).
pub fn value(q: &[f64], u: f64) -> f64 {
    q.iter().rev().fold(0.0, |sum, c| sum * u + c)
}

/// The moments M₁ … Mₙ of an increment of the Ornstein–Uhlenbeck process in a time h, as
/// polynomials in z − m.
///
/// Δ is normal with the mean (e^{−θh} − 1) z, so Mₖ = (mean) Mₖ₋₁ + (k − 1)(variance) Mₖ₋₂.
pub fn ou_moments(ou: &OrnsteinUhlenbeck, h: f64, m: f64, n: usize) -> Vec<Polynomial> {
    let (_, variance) = ou.transition(h);
    let back = (-ou.rate * h).exp_m1();
    let mut moments: Vec<Polynomial> = vec![vec![1.0]];
    for k in 1..=n {
        let mut next = vec![0.0; k + 1];
        for (i, c) in moments[k - 1].iter().enumerate() {
            next[i] += back * m * c;
            next[i + 1] += back * c;
        }
        if k > 1 {
            for (i, c) in moments[k - 2].iter().enumerate() {
                next[i] += (k - 1) as f64 * variance * c;
            }
        }
        moments.push(next);
    }
    moments.split_off(1)
}

// ANCHOR: jumps
/// Jumps of ±g/√λ at random moments, λ of them per unit of time on average:
/// chapter 2's rare pushes, with the variance g² per unit of time.
#[derive(Clone, Copy, Debug)]
pub struct Jumps {
    /// g.
    pub diffusion: f64,
    /// λ.
    pub rate: f64,
}

impl Jumps {
    /// The limits of 𝔼 Δᵏ/h for a short time h, k = 1 … n: λ times the mean
    /// k-th power of one jump.
    pub fn moment_rates(&self, n: usize) -> Vec<f64> {
        let size = self.diffusion / self.rate.sqrt();
        let rate = |k| if k % 2 == 0 { self.rate * size.powi(k) } else { 0.0 };
        (1..=n as i32).map(rate).collect()
    }

    /// 𝔼 Δᵏ for k = 1 … n, for the increment Δ in a time h of any length.
    pub fn moments(&self, h: f64, n: usize) -> Vec<f64> {
        let rates = self.moment_rates(n);
        let mut moments = vec![1.0];
        for k in 1..=n {
            let (mut sum, mut choose) = (0.0, 1.0);
            for i in 1..=k {
                // The cumulants are the rates times h; `choose` is k − 1 over i − 1.
                sum += choose * rates[i - 1] * h * moments[k - i];
                choose *= (k - i) as f64 / i as f64;
            }
            moments.push(sum);
        }
        moments.split_off(1)
    }
}
// ANCHOR_END: jumps

impl Jumps {
    /// The density of X + Δ at x, where X is N(m, v) and Δ the increment in a
    /// time h: jumps up and jumps down are independent, and Poisson's.
    pub fn density(&self, p: Normal, h: f64, x: f64) -> f64 {
        let (size, mean) = (self.diffusion / self.rate.sqrt(), 0.5 * self.rate * h);
        let count = 20 + (mean + 12.0 * mean.sqrt()) as usize;
        let mut chances = vec![(-mean).exp()];
        for n in 1..count {
            chances.push(chances[n - 1] * mean / n as f64);
        }
        let net = |k: usize| -> f64 {
            chances[k..].iter().zip(&chances).map(|(up, down)| up * down).sum()
        };
        let at = |k: f64| p.density(x - k * size);
        let moved = (1..count).map(|k| net(k) * (at(k as f64) + at(-(k as f64))));
        net(0) * at(0.0) + moved.sum::<f64>()
    }
}

impl Normal {
    /// Its density at x.
    pub fn density(&self, x: f64) -> f64 {
        crate::transition::normal(x, self.mean, self.variance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ch01_flows::quadrature::trapezoid;
    use ch02_brownian_motion::normal_moment;

    #[test]
    fn the_slope_of_a_polynomial_times_a_normal_density() {
        // (u² p)′/p = 2u − u³/v.
        assert_eq!(slope(&[0.0, 0.0, 1.0], 0.5), [0.0, 2.0, 0.0, -2.0]);
        assert_eq!(value(&[1.0, 2.0, 3.0], 2.0), 17.0);
    }

    #[test]
    fn the_moments_of_an_increment_are_those_of_a_normal_law() {
        let ou = OrnsteinUhlenbeck { rate: 0.8, diffusion: 0.9 };
        let (h, m, z) = (0.3, 0.4, 1.1);
        let (factor, v) = ou.transition(h);
        let mean = (factor - 1.0) * z;
        let fourth = mean.powi(4) + 6.0 * mean * mean * v + normal_moment(4, v);
        let found = ou_moments(&ou, h, m, 4);
        assert!((value(&found[0], z - m) - mean).abs() < 1e-15);
        assert!((value(&found[3], z - m) - fourth).abs() < 1e-15);
    }

    #[test]
    fn jumps_have_the_moments_of_their_density() {
        let jumps = Jumps { diffusion: 0.9, rate: 2.3 };
        let (p, h) = (Normal { mean: 0.2, variance: 0.3 }, 0.7);
        // The mean of (X + Δ)⁴ about m: 3v² + 6 v E Δ² + E Δ⁴.
        let q = jumps.moments(h, 4);
        let expected = 3.0 * 0.09 + 6.0 * 0.3 * q[1] + q[3];
        let fourth = |x: f64| (x - 0.2).powi(4) * jumps.density(p, h, x);
        let found = trapezoid(fourth, -15.0, 15.0, 600);
        assert!((found / expected - 1.0).abs() < 1e-12, "{found} {expected}");
        assert!((q[1] - 0.81 * h).abs() < 1e-15 && q[0] == 0.0 && q[2] == 0.0);
        let mass = trapezoid(|x| jumps.density(p, h, x), -15.0, 15.0, 600);
        assert!((mass - 1.0).abs() < 1e-13);
    }
}
