//! What two wrong scores cost, below what they can cost at most.

use crate::claims::short_cuts::bound::{END, bound, cost, wrong};
use evidence::number;
use plot::{Grid, Legend, Picture, Plot, Style};

/// Cost and bound against the stretch of a score, and against a push.
pub(super) fn bounds() -> Picture {
    let row = |of: &dyn Fn(f64) -> (f64, f64), reach: f64| {
        let at = |i: i32| reach * f64::from(i) / 20.0;
        (-20..=20).map(at).map(|x| (x, of(x).0, of(x).1)).collect::<Vec<_>>()
    };
    let both = |stretch: f64, push: f64| {
        let wrong = wrong(stretch, push);
        let start = wrong.noised(END);
        (cost(&wrong, start), bound(&wrong, start))
    };
    let panel = |rows: &[(f64, f64, f64)], title: &str, label: &str, reach: f64| {
        let costs: Vec<_> = rows.iter().map(|(x, cost, _)| (*x, *cost)).collect();
        let bounds: Vec<_> = rows.iter().map(|(x, _, bound)| (*x, *bound)).collect();
        Plot::new(320, 260)
            .title(title)
            .x_label(label)
            .x_range(-reach, reach)
            .y_range(0.0, 0.25)
            .legend(Legend::Above)
            .line(&costs, Style::color(0).width(1.8).solid().label("cost"))
            .line(&bounds, Style::text().width(1.4).dashed().label("bound"))
    };
    let stretched = row(&|stretch| both(stretch, 0.0), 0.3);
    let pushed = row(&|push| both(0.0, push), 0.4);
    let svg = Grid::new(2)
        .add(panel(&stretched, "stretched", "$\\varepsilon$", 0.3))
        .add(panel(&pushed, "pushed", "$c$", 0.4))
        .draw();
    let share = |rows: &[(f64, f64, f64)], i: usize| number(rows[i].1 / rows[i].2);
    let (short, long) = (share(&stretched, 0), share(&stretched, 40));
    let push = share(&pushed, 0);
    let caption = format!(
        "Relative entropy of the data from what is drawn, in nats, with normal data, a start from $p_T$ and a wrong score. Left: \
         $(1+\\varepsilon)\\nabla\\log p_t$; at the ends {short} and {long} of the bound are reached. Right: \
         $\\nabla\\log p_t+c\\,\\alpha/v_t$; everywhere {push} of it."
    );
    let alt = format!(
        "Two panels, each with a solid curve in the form of a bowl that touches zero in the middle, and a dashed one above \
         it. Left, a score that is too short or too long: the solid curve reaches {short} of the dashed one at \
         the left end and {long} at the right end. Right, a score with a push: the two curves are close together, {push} throughout."
    );
    Picture::new(svg, caption, alt)
}
