//! Pictures of pixels: dense clouds and heat maps, as PNGs with few colours.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::style::Paint;

/// How values become colours in a heat map. The colours are of middle lightness and the low
/// end is transparent, so that one picture stands on light and on dark pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ramp {
    /// From transparent to the tone of the theme's colour 0 to 6: densities.
    Tint(u8),
    /// From transparent over blue and violet to orange: densities over many decades of detail.
    Density,
    /// Blue below zero, transparent at zero, orange above, the same length on both sides.
    Diverging,
}

/// The tones of `--c0` … `--c6` inside PNGs, which cannot see the theme, and of the text.
const TONES: [[u8; 3]; 7] = [
    [0x2f, 0x80, 0xc9],
    [0xd9, 0x6a, 0x1b],
    [0x1f, 0x9e, 0x78],
    [0xc2, 0x5a, 0x9c],
    [0xb8, 0x8a, 0x0c],
    [0x4f, 0xa3, 0xd1],
    [0x80, 0x80, 0x80],
];

const GREY: [u8; 3] = [0x80, 0x80, 0x80];

/// A picture of colours from a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Raster {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// Row by row from the top.
    pub(crate) pixels: Vec<u8>,
    /// RGBA
    pub(crate) colors: Vec<[u8; 4]>,
}

/// The cover that only one in fifty of the covered pixels exceeds; at least that of one dot.
fn dense(cover: &[f64]) -> f64 {
    let mut covered: Vec<f64> = cover.iter().copied().filter(|&c| c > 0.1).collect();
    covered.sort_by(f64::total_cmp);
    covered.get(covered.len() * 49 / 50).map_or(1.0, |c| c.max(1.0))
}

/// The tone of a paint inside a PNG.
pub(crate) fn tone(paint: Paint) -> [u8; 3] {
    match paint {
        Paint::Text => GREY,
        Paint::Theme(k) => TONES[usize::from(k)],
    }
}

impl Ramp {
    /// The colour at `part` of the way, from 0 to 1.
    pub(crate) fn color(self, part: f64) -> [u8; 4] {
        let byte = |v: f64| (v * 255.0).round() as u8;
        let with = |[r, g, b]: [u8; 3], alpha: f64| [r, g, b, byte(alpha)];
        match self {
            Self::Tint(k) => with(TONES[usize::from(k.min(6))], part.powf(0.8)),
            Self::Density => {
                const STOPS: [[u8; 3]; 4] = [
                    [0x3b, 0x82, 0xd0],
                    [0x7a, 0x5c, 0xc8],
                    [0xc9, 0x4f, 0x8f],
                    [0xf0, 0x8a, 0x24],
                ];
                with(between(&STOPS, part), (1.8 * part.powf(0.8)).min(1.0))
            }
            Self::Diverging => {
                let side = 2.0 * part - 1.0;
                let end = if side < 0.0 { TONES[0] } else { TONES[1] };
                with(end, side.abs().powf(0.8))
            }
        }
    }

    /// The values at both ends of the ramp, for data from `low` to `high`.
    pub(crate) fn reach(self, low: f64, high: f64) -> (f64, f64) {
        match self {
            Self::Diverging => {
                let most = low.abs().max(high.abs());
                (-most, most)
            }
            _ => (low.min(0.0), high),
        }
    }
}

fn between(stops: &[[u8; 3]], part: f64) -> [u8; 3] {
    let at = part * (stops.len() - 1) as f64;
    let k = (at as usize).min(stops.len() - 2);
    let mix = |c: usize| {
        let (a, b) = (f64::from(stops[k][c]), f64::from(stops[k + 1][c]));
        (a + (at - k as f64) * (b - a)).round() as u8
    };
    [mix(0), mix(1), mix(2)]
}

impl Raster {
    /// Cells of values as pixels, `ramp` from `low` to `high`; row 0 of `values` is the lowest.
    pub(crate) fn heat(
        (width, height): (usize, usize),
        values: impl Fn(usize, usize) -> f64,
        ramp: Ramp,
        (low, high): (f64, f64),
    ) -> Self {
        let span = if high > low { high - low } else { 1.0 };
        let level =
            |value: f64| (254.0 * ((value - low) / span).clamp(0.0, 1.0)).round() as u8;
        let rows = (0..height).rev();
        let pixels = rows.flat_map(|j| (0..width).map(move |i| (i, j)));
        let pixels = pixels.map(|(i, j)| level(values(i, j))).collect();
        let colors = (0..255).map(|k| ramp.color(f64::from(k) / 254.0)).collect();
        Self { width, height, pixels, colors }
    }

    /// The density of `points`, given in pixels from the upper left corner, in 16 steps.
    ///
    /// Square dots of `side` pixels lie one over the other, each of opacity `alpha`. Without
    /// `alpha` opacity grows as the root of the density and is full at the densest pixels,
    /// so that single points and the differences between dense parts both show.
    pub(crate) fn cloud(
        (width, height): (usize, usize),
        points: impl Iterator<Item = (f64, f64)>,
        side: f64,
        alpha: Option<f64>,
        paint: Paint,
    ) -> Self {
        // How many dots cover each pixel, by area.
        let mut cover = vec![0.0; width * height];
        let share = |pixel: i64, low: f64| {
            let (left, right) = (pixel as f64, pixel as f64 + 1.0);
            (right.min(low + side) - left.max(low)).max(0.0)
        };
        for (x, y) in points {
            let (x, y) = (x - side / 2.0, y - side / 2.0);
            for j in (y.floor() as i64).max(0)..=(y + side).floor() as i64 {
                for i in (x.floor() as i64).max(0)..=(x + side).floor() as i64 {
                    if (i as usize) < width && (j as usize) < height {
                        let part = share(i, x) * share(j, y);
                        cover[j as usize * width + i as usize] += part;
                    }
                }
            }
        }

        let full = dense(&cover);
        let opacity = |cover: f64| match alpha {
            Some(alpha) => 1.0 - (1.0 - alpha).powf(cover),
            None => (cover / full).min(1.0).sqrt(),
        };
        let pixels = cover.iter().map(|&c| (15.0 * opacity(c)).round() as u8).collect();
        let [r, g, b] = tone(paint);
        let colors = (0..16).map(|k| [r, g, b, 17 * k]).collect();
        Self { width, height, pixels, colors }
    }

    /// The bytes of a PNG: colours by table, 4 bits a pixel where they suffice.
    pub(crate) fn png(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let (width, height) = (self.width as u32, self.height as u32);
        let mut encoder = png::Encoder::new(&mut out, width, height);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_palette(
            self.colors.iter().flat_map(|c| c[..3].to_vec()).collect::<Vec<_>>(),
        );
        encoder.set_trns(self.colors.iter().map(|c| c[3]).collect::<Vec<_>>());
        encoder.set_compression(png::Compression::High);
        encoder.set_filter(png::Filter::NoFilter);
        let small = self.colors.len() <= 16;
        encoder.set_depth(if small { png::BitDepth::Four } else { png::BitDepth::Eight });
        let data = if small { self.halves() } else { self.pixels.clone() };
        let mut writer = encoder.write_header().expect("the header of a PNG in memory");
        writer.write_image_data(&data).expect("as many pixels as the header says");
        writer.finish().expect("the end of a PNG in memory");
        out
    }

    /// Two pixels to a byte, each row from a fresh byte.
    fn halves(&self) -> Vec<u8> {
        let pair = |p: &[u8]| p[0] << 4 | p.get(1).copied().unwrap_or(0);
        self.pixels.chunks(self.width).flat_map(|row| row.chunks(2).map(pair)).collect()
    }

    /// The PNG as an address.
    pub(crate) fn address(&self) -> String {
        format!("data:image/png;base64,{}", STANDARD.encode(self.png()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pixels of a PNG as RGBA.
    fn decode(bytes: &[u8]) -> Vec<[u8; 4]> {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::ALPHA);
        let mut reader = decoder.read_info().unwrap();
        let mut rgba = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut rgba).unwrap();
        rgba.chunks(4).map(|c| [c[0], c[1], c[2], c[3]]).collect()
    }

    #[test]
    fn a_heat_map_keeps_its_corners_and_colors() {
        // 3 by 2, lowest row first: the largest value stands in the upper right corner.
        let values = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0];
        let raster =
            Raster::heat((3, 2), |i, j| values[j * 3 + i], Ramp::Tint(1), (0.0, 5.0));
        let pixels = decode(&raster.png());
        assert_eq!(pixels.len(), 6);
        assert_eq!(pixels[2], [0xd9, 0x6a, 0x1b, 255], "upper right: 5");
        assert_eq!(pixels[3][3], 0, "lower left: 0, transparent");
        assert!(pixels[0][3] > pixels[5][3], "upper left 3, lower right 2");
    }

    #[test]
    fn a_dot_of_a_cloud_lands_on_its_pixel() {
        // Odd width: each row must start on a fresh byte.
        let points = [(3.5, 1.5), (0.5, 2.5), (1.0, 0.5)];
        let raster =
            Raster::cloud((5, 3), points.into_iter(), 1.0, Some(1.0), Paint::Theme(0));
        let alphas: Vec<u8> = decode(&raster.png()).iter().map(|c| c[3]).collect();
        let (full, none) = (255, 0);
        // The third dot lies on the line between two pixels; opaque, it covers both.
        let rows = [
            [full, full, none, none, none],
            [none, none, none, full, none],
            [full, none, none, none, none],
        ];
        assert_eq!(alphas, rows.concat());
    }

    #[test]
    fn dots_off_the_picture_leave_it_empty() {
        let points = [(-9.0, 1.0), (9.0, 1.0), (1.0, -9.0), (1.0, 9.0)];
        let raster = Raster::cloud((3, 3), points.into_iter(), 2.0, None, Paint::Text);
        assert!(raster.pixels.iter().all(|&p| p == 0));
    }

    #[test]
    fn a_diverging_ramp_is_transparent_at_zero_whatever_the_data() {
        let (low, high) = Ramp::Diverging.reach(-1.0, 3.0);
        assert_eq!((low, high), (-3.0, 3.0));
        assert_eq!(Ramp::Diverging.color(0.5)[3], 0);
        assert_ne!(Ramp::Diverging.color(0.0)[..3], Ramp::Diverging.color(1.0)[..3]);
    }
}
