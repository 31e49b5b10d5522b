import Foundation

/// Composing alone takes some text for composed that is not: a Hangul syllable before a final
/// consonant (U+AC00 U+11A8), and U+0CCA before U+0CD5. Of what was taken apart, nothing is missed.
extension String {
    /// Normalization Form C (UAX #15).
    var composed: String {
        decomposedStringWithCanonicalMapping.precomposedStringWithCanonicalMapping
    }

    /// Normalization Form KC (UAX #15).
    var composedByCompatibility: String {
        decomposedStringWithCompatibilityMapping.precomposedStringWithCompatibilityMapping
    }
}
