//! TeX's names for signs, as far as labels of figures need them.

/// The sign that `\name` stands for, if it is known.
pub(crate) fn symbol(name: &str) -> Option<&'static str> {
    let known = SYMBOLS.iter().find(|(n, _)| *n == name);
    known.map(|(_, sign)| *sign)
}

/// The combining accent that `\name{x}` sets over x.
pub(crate) fn accent(name: &str) -> Option<char> {
    Some(match name {
        "hat" => '\u{302}',
        "tilde" => '\u{303}',
        "bar" => '\u{304}',
        "dot" => '\u{307}',
        "ddot" => '\u{308}',
        _ => return None,
    })
}

/// The letter in the alphabet of `\mathbb` or `\mathcal`; itself where there is none.
pub(crate) fn alphabet(name: &str, letter: char) -> char {
    const BLACKBOARD: [(char, char); 6] =
        [('C', 'ℂ'), ('E', '𝔼'), ('N', 'ℕ'), ('P', 'ℙ'), ('R', 'ℝ'), ('Z', 'ℤ')];
    const SCRIPT: [(char, char); 5] =
        [('F', 'ℱ'), ('L', 'ℒ'), ('N', '𝒩'), ('O', '𝒪'), ('W', '𝒲')];
    let letters: &[(char, char)] = match name {
        "mathbb" => &BLACKBOARD,
        _ => &SCRIPT,
    };
    letters.iter().find(|(from, _)| *from == letter).map_or(letter, |(_, to)| *to)
}

const SYMBOLS: &[(&str, &str)] = &[
    ("alpha", "α"),
    ("beta", "β"),
    ("gamma", "γ"),
    ("delta", "δ"),
    ("epsilon", "ϵ"),
    ("varepsilon", "ε"),
    ("zeta", "ζ"),
    ("eta", "η"),
    ("theta", "θ"),
    ("vartheta", "ϑ"),
    ("kappa", "κ"),
    ("lambda", "λ"),
    ("mu", "μ"),
    ("nu", "ν"),
    ("xi", "ξ"),
    ("pi", "π"),
    ("rho", "ρ"),
    ("sigma", "σ"),
    ("varsigma", "ς"),
    ("tau", "τ"),
    ("phi", "ϕ"),
    ("varphi", "φ"),
    ("chi", "χ"),
    ("psi", "ψ"),
    ("omega", "ω"),
    ("Gamma", "Γ"),
    ("Delta", "Δ"),
    ("Theta", "Θ"),
    ("Lambda", "Λ"),
    ("Xi", "Ξ"),
    ("Pi", "Π"),
    ("Sigma", "Σ"),
    ("Phi", "Φ"),
    ("Psi", "Ψ"),
    ("Omega", "Ω"),
    ("nabla", "∇"),
    ("partial", "∂"),
    ("infty", "∞"),
    ("int", "∫"),
    ("sum", "∑"),
    ("prod", "∏"),
    ("sqrt", "√"),
    ("ell", "ℓ"),
    ("cdot", "·"),
    ("times", "×"),
    ("pm", "±"),
    ("le", "≤"),
    ("leq", "≤"),
    ("ge", "≥"),
    ("geq", "≥"),
    ("ne", "≠"),
    ("approx", "≈"),
    ("sim", "∼"),
    ("propto", "∝"),
    ("equiv", "≡"),
    ("to", "→"),
    ("mapsto", "↦"),
    ("mid", "|"),
    ("in", "∈"),
    ("circ", "∘"),
    ("dots", "…"),
    ("ldots", "…"),
    ("cdots", "⋯"),
    ("prime", "′"),
    ("star", "⋆"),
    ("ast", "∗"),
    ("langle", "⟨"),
    ("rangle", "⟩"),
    ("lvert", "|"),
    ("rvert", "|"),
    ("lVert", "‖"),
    ("rVert", "‖"),
    ("Vert", "‖"),
    ("top", "⊤"),
    ("quad", "\u{2003}"),
    ("log", "log"),
    ("ln", "ln"),
    ("exp", "exp"),
    ("sin", "sin"),
    ("cos", "cos"),
    ("tanh", "tanh"),
    ("max", "max"),
    ("min", "min"),
    ("det", "det"),
    ("div", "div"),
];
