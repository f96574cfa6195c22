//! Clouds on the line, drawn with letters.

/// Places from −3 to 3 in so many columns.
const COLUMNS: usize = 61;
const REACH: f64 = 3.0;

/// Heights of a column.
const LEVELS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// A line of columns, each as high as the part of the cloud in it; the highest is full.
pub(crate) fn line(cloud: &[f64]) -> String {
    let width = 2.0 * REACH / COLUMNS as f64;
    let mut counts = [0_usize; COLUMNS];
    for x in cloud {
        let column = ((x + REACH) / width).floor();
        if (0.0..COLUMNS as f64).contains(&column) {
            counts[column as usize] += 1;
        }
    }
    let highest = counts.iter().copied().fold(1, usize::max) as f64;
    let level = |count: usize| (8.0 * count as f64 / highest).round() as usize;
    let text: String = counts.iter().map(|count| LEVELS[level(*count)]).collect();
    text.trim_end().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heaps_stand_where_they_are() {
        let mut cloud = vec![0.0; 80];
        cloud.extend([-2.99; 20]);
        cloud.extend([40.0, f64::NAN, 1.0]);
        let line: Vec<char> = line(&cloud).chars().collect();
        assert_eq!((line[0], line[30], line.len()), ('▂', '█', 31));
        assert!(line[1..30].iter().all(|c| *c == ' '));
        assert_eq!(super::line(&[]), "");
    }
}
