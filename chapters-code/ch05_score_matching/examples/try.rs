//! scratch
use ch05_score_matching::bump_basis::*;
fn main() {
    for n in [200, 500] {
        let mut w = [0.0f64; 3];
        let mut worse = [0.0f64; 3];
        for seed in 0..60 {
            let m = three_ways(n, seed).map(|g| missed(&*g));
            for i in 0..3 {
                w[i] += m[i] / 60.0;
                worse[i] = worse[i].max(m[i]);
            }
        }
        println!("{n} {w:.3?} {worse:.3?}");
        let f = BumpScore::with_divergence(&sample(n, 1), -1.0, 1e-2);
        println!("flipped {}", missed(&|x| f.at(x)));
    }
}
