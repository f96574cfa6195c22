//! Methods that are nearly one of the chapter's.

use dynamics::{ScalarNoise, Sde, SdeMethod};

/// Declares a method for equations on the line.
macro_rules! nearly {
    ($(#[$doc:meta])* $name:ident for $kind:ident,
     |$sde:ident, $t:ident, $h:ident, $x:ident, $dw:ident| $step:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub(super) struct $name;

        impl<E: $kind<f64> + ?Sized> SdeMethod<E, f64, f64> for $name {
            const STRONG_ORDER: f64 = 0.0;
            const WEAK_ORDER: f64 = 0.0;

            fn step(&self, $sde: &E, $t: f64, $h: f64, $x: &f64, $dw: &f64) -> f64 {
                $step
            }
        }
    };
}

nearly!(
    /// Euler–Maruyama with h G ε in place of √h G ε.
    NoiseOfSizeH for Sde, |sde, t, h, x, dw| {
        x + h * sde.drift(t, x) + sde.noise(t, x, &(h.sqrt() * dw))
    }
);
nearly!(
    /// Euler–Maruyama with G at the place to which the noise has pushed.
    NoiseAtTheEnd for Sde, |sde, t, h, x, dw| {
        let pushed = x + sde.noise(t, x, dw);
        x + h * sde.drift(t, x) + sde.noise(t, &pushed, dw)
    }
);
nearly!(
    /// Euler–Maruyama with f and G at the time t + h.
    ClockAhead for Sde, |sde, t, h, x, dw| {
        x + h * sde.drift(t + h, x) + sde.noise(t + h, x, dw)
    }
);
nearly!(
    /// Milstein's step with ΔW² in place of ΔW² − h.
    WithoutMinusH for ScalarNoise, |sde, t, h, x, dw| {
        let (g, slope) = (sde.diffusion(t, x), sde.diffusion_gradient(t, x));
        x + h * sde.drift(t, x) + g * dw + 0.5 * g * slope * dw * dw
    }
);
nearly!(
    /// Milstein's step without the half.
    WithoutTheHalf for ScalarNoise, |sde, t, h, x, dw| {
        let (g, slope) = (sde.diffusion(t, x), sde.diffusion_gradient(t, x));
        x + h * sde.drift(t, x) + g * dw + g * slope * (dw * dw - h)
    }
);
nearly!(
    /// Milstein's step with g in place of g g′.
    WithoutTheSlope for ScalarNoise, |sde, t, h, x, dw| {
        let g = sde.diffusion(t, x);
        x + h * sde.drift(t, x) + g * dw + 0.5 * g * (dw * dw - h)
    }
);

/// Platen's step with a part left out or changed.
#[derive(Clone, Copy)]
pub(super) struct NearlyPlaten {
    /// f also where Euler–Maruyama would go.
    pub(super) drift_ahead: bool,
    /// g also above and below.
    pub(super) noise_ahead: bool,
    /// What multiplies the difference of the two.
    pub(super) spread: f64,
    /// How far above and below, as a function of h.
    pub(super) side: fn(f64) -> f64,
    /// Which part of h the clock of these places is ahead.
    pub(super) clock: f64,
}

impl NearlyPlaten {
    /// With nothing left out, the method itself.
    pub(super) const WHOLE: Self = Self {
        drift_ahead: true,
        noise_ahead: true,
        spread: 1.0,
        side: f64::sqrt,
        clock: 1.0,
    };
}

impl<E: Sde<f64> + ?Sized> SdeMethod<E, f64, f64> for NearlyPlaten {
    const STRONG_ORDER: f64 = 0.0;
    const WEAK_ORDER: f64 = 0.0;

    fn step(&self, sde: &E, t: f64, h: f64, x: &f64, dw: &f64) -> f64 {
        let g_at = |t: f64, x: f64| sde.noise(t, &x, &1.0);
        let (f, g) = (sde.drift(t, x), g_at(t, *x));
        let (later, side) = (t + self.clock * h, (self.side)(h));
        let drifted = x + h * f;
        let f_ahead =
            if self.drift_ahead { sde.drift(later, &(drifted + g * dw)) } else { f };
        let (above, below) =
            (g_at(later, drifted + side * g), g_at(later, drifted - side * g));
        let g_ahead = if self.noise_ahead { 0.5 * (above + below) } else { g };
        let spread = self.spread * (dw * dw - h) / (4.0 * side);
        x + 0.5 * h * (f + f_ahead) + 0.5 * dw * (g + g_ahead) + spread * (above - below)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{GeometricBrownian, Platen};

    #[test]
    fn nothing_left_out_is_platens_method() {
        let sde = GeometricBrownian { growth: 0.5, volatility: 0.8 };
        let step = Platen.step(&sde, 0.0, 0.1, &1.3, &-0.2);
        let whole = NearlyPlaten::WHOLE.step(&sde, 0.0, 0.1, &1.3, &-0.2);
        assert!((step - whole).abs() < 1e-15);
    }
}
