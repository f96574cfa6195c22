//! Distance from the data against evaluations of the score.

use crate::race::{
    Plan, Start, Way, corrected_chain, distance, distance_of_chain, distance_of_start,
    heaps, shown,
};
use crate::sampler::Corrector;
use crate::ways_back::CORRECTED;
use evidence::number;
use plot::{Grid, Legend, Marker, Picture, Plot, Style};

const EVALUATIONS: [usize; 6] = [8, 16, 32, 64, 128, 256];

/// √n times the expected distance of n draws from their own law.
const OF_DRAWS: f64 = 0.8687;

/// Name, way, plan, colour and marker.
type Row = (&'static str, Way, Plan, u8, Marker);

const ROWS: [Row; 6] = [
    ("reverse SDE", Way::EulerMaruyama, Plan::Even, 3, Marker::Triangle),
    ("exponential", Way::Exponential, Plan::Even, 1, Marker::Square),
    ("Euler", Way::Euler, Plan::Even, 0, Marker::Circle),
    ("Euler, $\\sqrt t$", Way::Euler, Plan::Roots, 0, Marker::Ring),
    ("Heun", Way::Heun, Plan::Even, 2, Marker::Diamond),
    ("Heun, $\\sqrt t$", Way::Heun, Plan::Roots, 2, Marker::Triangle),
];

/// Two panels: the heaps of the chapter, and heaps a tenth as wide.
pub(super) fn race() -> Picture {
    let measured = |narrower: f64| {
        let law = heaps(narrower);
        ROWS.map(|(_, way, plan, ..)| {
            EVALUATIONS.map(|calls| {
                let times = plan.times(calls / way.evaluations());
                (calls as f64, distance(way, shown, &law, &times, Start::Prior))
            })
        })
    };
    let corrected = |narrower: f64| {
        let (law, width) = (heaps(narrower), CORRECTED.1.width / narrower);
        let corrector = Corrector { steps: 1, width, ..CORRECTED.1 };
        [8, 16, 32].map(|calls| {
            let times = Plan::Even.times(calls / 2);
            let chain = corrected_chain(corrector, &law, &times);
            (calls as f64, distance_of_chain(chain, &law, &times, Start::Prior))
        })
    };
    let (wide, narrow) = (measured(1.0), measured(10.0));
    let (wide_corrected, narrow_corrected) = (corrected(1.0), corrected(10.0));
    let start = distance_of_start(&heaps(1.0));
    let draws = OF_DRAWS / 10_000_f64.sqrt();
    let mut grid = Grid::new(2).shared_axes();
    let panels = [
        (&wide, &wide_corrected, "two heaps"),
        (&narrow, &narrow_corrected, "a tenth as wide"),
    ];
    for (rows, corrected, title) in panels {
        let mut plot = Plot::new(330, 380)
            .title(title)
            .x_label("evaluations of the score")
            .y_label("largest distance")
            .log_x()
            .log_y()
            .x_range(7.0, 300.0)
            .y_range(4e-4, 0.7)
            .legend(Legend::Above)
            .horizontal(draws, Style::text().width(1.0).dashed().alpha(0.7))
            .horizontal(start, Style::text().width(1.0).dotted().alpha(0.7));
        for ((label, _, plan, color, marker), row) in ROWS.into_iter().zip(rows) {
            let style = Style::color(color).marker(marker).label(label);
            let line = style.clone().width(1.4);
            let line = if plan == Plan::Even { line.solid() } else { line.dashed() };
            plot = plot.line(row, line).points(row, style.size(6.0));
        }
        let style = Style::color(3).marker(Marker::Cross).label("corrected");
        plot = plot
            .line(corrected, style.clone().width(1.4).dashed())
            .points(corrected, style.size(6.0));
        grid = grid.add(plot);
    }
    let at = |rows: &[[(f64, f64); 6]; 6], row: usize, i: usize| number(rows[row][i].1);
    let both = |row: usize| {
        let (left, right) = (at(&wide, row, 2), at(&narrow, row, 2));
        format!("{left} and {right}")
    };
    let [sde, exponential, euler, euler_root, heun, heun_root] =
        [0, 1, 2, 3, 4, 5].map(both);
    let mended = {
        let [left, right] =
            [&wide_corrected, &narrow_corrected].map(|row| number(row[2].1));
        format!("{left} and {right}")
    };
    let (floor, ground) = (number(draws), number(start));
    let caption = format!(
        "Largest distance between the distribution functions of sampler and data, both at $t=0.001$, from starts $\\mathcal N(0,1)$, \
         with the exact score and without a draw. Dashed across: what 10 000 draws from the right law would show on average, {floor}. Dotted: the distance of \
         $\\mathcal N(0,1)$ from $p_T$, {ground}. With 32 evaluations, left and right: reverse SDE {sde}, corrected after each step {mended}, exponential {exponential}, Euler {euler}, Heun {heun}; \
         with steps even in $\\sqrt t$, Euler {euler_root}, Heun {heun_root}."
    );
    let alt = format!(
        "Two panels with logarithmic axes: distance from the data against 8 to 256 evaluations of the score, seven falling rows of points each. \
         On the left all but one lie below 0.1 from the start and most fall in straight lines; Heun falls twice as steeply, until its rows flatten near a \
         dotted line at {ground}. On the right, for narrow heaps, most lie higher; Heun with even steps starts near 0.4 and falls late. The two methods \
         with steps that are shorter near the data are far below all others from 32 evaluations on."
    );
    Picture::new(grid.draw(), caption, alt)
}
