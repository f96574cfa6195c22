//! Langevin dynamics for a law with two humps, with shorter and shorter steps: the mean square
//! of the chain, what it should be, and the difference over the step. Then the same with a slip
//! that is found in print: the noise √2 η in place of √(2η).
//!
//!     cargo run -p ch03_fokker_planck --example short_steps

use ch02_brownian_motion::{EulerMaruyama, simulate};
use dynamics::{Failure, Sde, Stream, TimeGrid};
use evidence::mean_and_error;

/// The humps are at ±M, their variance is V.
const M: f64 = 1.0;
const V: f64 = 0.4;
const CHAINS: usize = 400_000;

/// dX = ∇log p(X) dt + √2 × `noise` dW for p = ½ N(−M, V) + ½ N(M, V).
struct Langevin {
    noise: f64,
}

impl Sde<f64> for Langevin {
    fn drift(&self, _t: f64, x: &f64) -> f64 {
        // The share of the right hump is 1/(1 + e^{−2Mx/V}), and 2 share − 1 is a tanh.
        (M * (M * x / V).tanh() - x) / V
    }

    fn noise(&self, _t: f64, _x: &f64, dw: &f64) -> f64 {
        2f64.sqrt() * self.noise * dw
    }
}

/// The mean square of the chains after a long time, and its standard error.
fn mean_square(eta: f64, noise: f64) -> Result<(f64, f64), Failure<f64>> {
    let mut chains: Vec<f64> =
        (0..CHAINS).map(|k| if k % 2 == 0 { M } else { -M }).collect();
    let grid = TimeGrid::new(0.0, 8.0, (8.0 / eta).round() as usize);
    let stream = Stream::new(11, "short steps");
    simulate(&EulerMaruyama, &Langevin { noise }, grid, stream, &mut chains)?;
    Ok(mean_and_error(chains.iter().map(|x| x * x)))
}

fn main() -> Result<(), Failure<f64>> {
    let aimed = M * M + V;
    println!(
        "aimed at: {aimed}\n\n      η  mean square   ± (1 error)  bias/η      with √2 η"
    );
    for eta in [0.4, 0.2, 0.1, 0.05] {
        let (found, error) = mean_square(eta, 1.0)?;
        // √2 η is √(2η) times √η.
        let (slip, _) = mean_square(eta, eta.sqrt())?;
        let bias = (found - aimed) / eta;
        println!("  {eta:>5} {found:>12.4} {error:>13.4} {bias:>7.2} {slip:>14.4}");
    }
    println!(
        "\nHalf the step, half the bias. With √2 η the noise dies out with the step, and every chain\n\
         ends at the top of its hump."
    );
    Ok(())
}
