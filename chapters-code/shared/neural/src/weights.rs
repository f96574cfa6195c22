//! The numbers a network has learned, and their file.

use crate::real::{Matrix, Real};
use sha2::{Digest, Sha256};
use std::error::Error;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// The matrices of a network, in the order of its layers: W₁, b₁, W₂, b₂, …
#[derive(Clone, Debug, PartialEq)]
pub struct Weights<R: Real = f32>(pub Vec<Matrix<R>>);

impl<R: Real> Weights<R> {
    /// How many numbers they are.
    pub fn len(&self) -> usize {
        self.0.iter().map(|m| m.len()).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// (rows, columns) of each matrix.
    pub fn shapes(&self) -> Vec<(usize, usize)> {
        self.0.iter().map(Matrix::shape).collect()
    }

    /// The same weights in another type of number.
    pub fn cast<S: Real>(&self) -> Weights<S> {
        Weights(self.0.iter().map(|m| m.map(|x| S::new(x.get()))).collect())
    }
}

/// Why a file of weights was not read or written.
#[derive(Debug)]
pub enum WeightsError {
    /// The system said no.
    Io(PathBuf, std::io::Error),
    /// The file is not of this kind.
    Foreign(PathBuf),
    /// The weights are for a network of other shapes: (those in the file, those wanted).
    Shapes(PathBuf, String, String),
    /// The file holds fewer or more bytes of weights than it should: (there, wanted).
    Length(PathBuf, usize, usize),
    /// The bytes are not those that were written: (hash there, hash wanted).
    Hash(PathBuf, String, String),
}

impl fmt::Display for WeightsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let again = "train them again, or take the file from the repository";
        match self {
            Self::Io(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Foreign(path) => {
                let kind = MAGIC.trim_end();
                write!(
                    f,
                    "{}: no file of weights (it does not begin with \"{kind}\"); {again}",
                    path.display()
                )
            }
            Self::Shapes(path, there, wanted) => write!(
                f,
                "{}: weights for a network of {there}, and this one has {wanted}; {again}",
                path.display()
            ),
            Self::Length(path, there, wanted) => write!(
                f,
                "{}: {there} bytes of weights where there should be {wanted}: cut short, or \
                 something was added; {again}",
                path.display()
            ),
            Self::Hash(path, there, wanted) => write!(
                f,
                "{}: the weights hash to {there}, not to {wanted} as they did when they were \
                 written; {again}",
                path.display()
            ),
        }
    }
}

impl Error for WeightsError {}

const MAGIC: &str = "From Noise to Data: weights 1\n";

impl Weights<f32> {
    /// The SHA-256 of their bytes, in hexadecimal.
    pub fn hash(&self) -> String {
        hexadecimal(&self.bytes())
    }

    fn bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|m| m.iter().flat_map(|x| x.to_le_bytes())).collect()
    }

    /// Writes them with their shapes, their hash and `made`, a line that tells how they
    /// were trained. Written aside and renamed, so that a file is whole or as it was.
    ///
    /// The file begins with four lines of text: its kind, `made`, the shapes, the hash.
    /// The numbers follow, four bytes each, the lowest first, column by column.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn save(&self, path: &Path, made: &str) -> Result<(), WeightsError> {
        let io = |error| WeightsError::Io(path.to_owned(), error);
        let bytes = self.bytes();
        let made = made.replace('\n', " ");
        let head =
            format!("{MAGIC}{made}\n{}\n{}\n", told(&self.shapes()), hexadecimal(&bytes));
        let aside = beside(path).map_err(io)?;
        let whole = [head.into_bytes(), bytes].concat();
        let written = fs::write(&aside, whole).and_then(|()| fs::rename(&aside, path));
        if written.is_err() {
            // What of it is there is of no use.
            let _ = fs::remove_file(&aside);
        }
        written.map_err(io)
    }

    /// Whether [`Weights::save`] will be able to write to `path`: asked before a training,
    /// and not when it is over. What was there is left as it is.
    ///
    /// # Errors
    /// If the system refuses, or there is a folder.
    pub fn can_be_saved(path: &Path) -> Result<(), WeightsError> {
        let io = |error| WeightsError::Io(path.to_owned(), error);
        if path.is_dir() {
            return Err(io(std::io::ErrorKind::IsADirectory.into()));
        }
        let aside = beside(path).map_err(io)?;
        fs::write(&aside, []).and_then(|()| fs::remove_file(&aside)).map_err(io)
    }

    /// Reads weights of these `shapes`, and how they were made.
    ///
    /// # Errors
    /// Tells the file, what is wrong with it and the way out: if it cannot be read, is of
    /// another kind or for another network, is cut short, or was changed.
    pub fn load(
        path: &Path,
        shapes: &[(usize, usize)],
    ) -> Result<(Self, String), WeightsError> {
        let all =
            fs::read(path).map_err(|error| WeightsError::Io(path.to_owned(), error))?;
        Self::read(path, &all, shapes)
    }

    /// As [`Weights::load`], for bytes that are there already; `path` names them.
    ///
    /// # Errors
    /// As [`Weights::load`].
    pub fn read(
        path: &Path,
        all: &[u8],
        shapes: &[(usize, usize)],
    ) -> Result<(Self, String), WeightsError> {
        let path = || path.to_owned();
        let foreign = || WeightsError::Foreign(path());
        let rest = all.strip_prefix(MAGIC.as_bytes()).ok_or_else(foreign)?;
        let mut parts = rest.splitn(4, |&byte| byte == b'\n');
        let mut line = || {
            let part = parts.next().ok_or_else(foreign)?;
            std::str::from_utf8(part).map_err(|_| foreign())
        };
        let (made, there, hash) = (line()?, line()?, line()?);
        let wanted = told(shapes);
        if there != wanted {
            return Err(WeightsError::Shapes(path(), there.to_owned(), wanted));
        }
        let bytes = parts.next().ok_or_else(foreign)?;
        let size = 4 * shapes.iter().map(|(rows, columns)| rows * columns).sum::<usize>();
        if bytes.len() != size {
            return Err(WeightsError::Length(path(), bytes.len(), size));
        }
        let found = hexadecimal(bytes);
        if found != hash {
            return Err(WeightsError::Hash(path(), found, hash.to_owned()));
        }
        let mut numbers =
            bytes.as_chunks::<4>().0.iter().map(|&four| f32::from_le_bytes(four));
        let matrices = shapes
            .iter()
            .map(|&(rows, columns)| {
                Matrix::from_iterator(
                    rows,
                    columns,
                    numbers.by_ref().take(rows * columns),
                )
            })
            .collect();
        Ok((Self(matrices), made.to_owned()))
    }
}

/// A file in the folder of `path`, which is made if it is not there.
fn beside(path: &Path) -> std::io::Result<PathBuf> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(path.with_extension("aside"))
}

/// "128×3 128×1 …".
fn told(shapes: &[(usize, usize)]) -> String {
    let each: Vec<_> =
        shapes.iter().map(|(rows, columns)| format!("{rows}×{columns}")).collect();
    each.join(" ")
}

fn hexadecimal(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPES: [(usize, usize); 2] = [(2, 3), (2, 1)];

    fn weights() -> Weights {
        let first = Matrix::from_fn(2, 3, |i, j| 0.1 + i as f32 - 1.7 * j as f32);
        Weights(vec![
            first,
            Matrix::from_column_slice(2, 1, &[f32::MIN_POSITIVE, -3.5e20]),
        ])
    }

    /// A folder of its own for a test.
    fn folder(name: &str) -> PathBuf {
        std::env::temp_dir().join(format!("weights-{}-{name}", std::process::id()))
    }

    #[test]
    fn what_was_saved_is_read_bit_for_bit() {
        let folder = folder("saved");
        let path = folder.join("deep/down.weights");
        weights().save(&path, "cargo book train,\nseed 5").unwrap();
        let (read, made) = Weights::load(&path, &SHAPES).unwrap();
        assert_eq!(read, weights());
        assert_eq!(made, "cargo book train, seed 5");
        let names = fs::read_dir(folder.join("deep")).unwrap().count();
        assert_eq!(names, 1, "nothing is left beside the file");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_file_that_is_not_what_was_saved_is_refused_by_name() {
        let folder = folder("refused");
        let path = folder.join("small.weights");
        weights().save(&path, "by hand").unwrap();
        let whole = fs::read(&path).unwrap();
        let told = |bytes: &[u8], shapes: &[(usize, usize)]| {
            let error = Weights::read(&path, bytes, shapes).unwrap_err().to_string();
            assert!(
                error.contains("small.weights") && error.contains("train them again")
            );
            error
        };
        assert!(
            told(b"PK\x03\x04 something else", &SHAPES).contains("no file of weights")
        );
        assert!(told(&whole[..20], &SHAPES).contains("no file of weights"));
        assert!(told(b"", &SHAPES).contains("no file of weights"));
        let other = told(&whole, &[(2, 3), (3, 1)]);
        assert!(
            other.contains("a network of 2×3 2×1, and this one has 2×3 3×1"),
            "{other}"
        );
        let short = told(&whole[..whole.len() - 5], &SHAPES);
        assert!(
            short.contains("27 bytes of weights where there should be 32"),
            "{short}"
        );
        let long = told(&[&whole[..], b"xx"].concat(), &SHAPES);
        assert!(long.contains("34 bytes"), "{long}");
        let mut changed = whole.clone();
        *changed.last_mut().unwrap() ^= 1;
        assert!(told(&changed, &SHAPES).contains("hash to"));
        let missing = Weights::load(&folder.join("none.weights"), &SHAPES).unwrap_err();
        assert!(missing.to_string().contains("none.weights"));
        let place = Weights::load(&folder, &SHAPES).unwrap_err().to_string();
        assert!(place.contains(&folder.display().to_string()), "{place}");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_place_that_cannot_be_written_to_is_told_before_and_after() {
        let folder = folder("unwritable");
        let (file, taken) = (folder.join("file"), folder.join("taken.weights"));
        fs::create_dir_all(&taken).unwrap();
        fs::write(&file, "as it was").unwrap();
        for path in [file.join("small.weights"), taken] {
            let before = Weights::can_be_saved(&path).unwrap_err().to_string();
            let after = weights().save(&path, "by hand").unwrap_err().to_string();
            let name = path.display().to_string();
            assert!(before.contains(&name) && after.contains(&name), "{before} {after}");
        }
        Weights::can_be_saved(&folder.join("free.weights")).unwrap();
        let mut names: Vec<_> = fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        names.sort();
        assert_eq!(names, ["file", "taken.weights"], "nothing is left beside them");
        assert_eq!(fs::read_to_string(&file).unwrap(), "as it was");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn the_hash_is_that_of_the_bytes() {
        // What sha256sum says of the four bytes of 1.0, 00 00 80 3f.
        let known = "e00e5eb9444182f352323374ef4e08ebcb784725fdd4fd612d7730540b3e0c8c";
        assert_eq!(Weights(vec![Matrix::from_element(1, 1, 1.0_f32)]).hash(), known);
    }

    #[test]
    fn a_cast_there_and_back_changes_nothing() {
        assert_eq!(weights().cast::<f64>().cast::<f32>(), weights());
        assert_eq!((weights().len(), weights().is_empty()), (8, false));
        assert!(Weights::<f32>(Vec::new()).is_empty());
    }

    #[test]
    fn a_cast_keeps_places_and_what_digits_it_can() {
        let wide = weights().cast::<f64>();
        assert_eq!(
            (wide.shapes(), wide.0[0][(0, 2)]),
            (weights().shapes(), { f64::from(weights().0[0][(0, 2)]) })
        );
        let tenth = Weights(vec![Matrix::from_element(1, 1, 0.1_f64)]);
        assert_eq!(tenth.cast::<f64>(), tenth);
    }

    #[test]
    fn the_lines_of_a_file_are_looked_at_to_their_ends() {
        let folder = folder("lines");
        let path = folder.join("lines.weights");
        // Numbers whose bytes are those of line ends.
        let lines = f32::from_bits(0x0a0a_0a0a);
        let odd = Weights(vec![Matrix::from_element(2, 1, lines)]);
        odd.save(&path, "by hand").unwrap();
        assert_eq!(Weights::load(&path, &[(2, 1)]).unwrap().0, odd);

        let whole = fs::read(&path).unwrap();
        let told = |bytes: &[u8]| {
            Weights::read(&path, bytes, &[(2, 1)]).unwrap_err().to_string()
        };
        let first = MAGIC.len();
        assert!(told(&whole[first..]).contains("no file of weights"));
        // The hash stands before the last line end of the head; its last digit is changed.
        let mut other = whole.clone();
        let digit = whole.len() - 8 - 2;
        other[digit] = if whole[digit] == b'0' { b'1' } else { b'0' };
        let kept = std::str::from_utf8(&other[digit - 63..=digit]).unwrap();
        let (found, told) = (odd.hash(), told(&other));
        assert!(told.contains(&format!("hash to {found}, not to {kept}")), "{told}");
        fs::remove_dir_all(folder).unwrap();
    }
}
