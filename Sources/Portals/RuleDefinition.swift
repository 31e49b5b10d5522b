package import Catalogue

/// A check as the Definition writes it: `{rule: KIND, …, when: COND, severity, code, message}`.
///
/// `Validation` compiles it; here its parameters are still plain values.
package struct RuleDefinition: Sendable {
    package var kind: String
    /// What stands beside `rule` and the common keys, such as `field` of `equals`.
    package var parameters: [String: Value]
    /// Those parameters that are conditions on other rows, by name.
    package var conditions: [String: Condition]
    package var when: Condition?
    package var severity: Severity?
    /// The code findings carry instead of the kind's own.
    package var code: Code?
    /// For kinds with several findings: the code of each, by the kind's word for it.
    package var codes: [String: Code]
    /// Sentence and remedy that replace the catalogue's.
    package var message: LocalizedText?
    package var remedy: LocalizedText?
    /// Where it stands: `sheets[0].fields[3].rules[0]`.
    package var path: String
}

/// When a rule or an operation applies to a row.
package indirect enum Condition: Sendable {
    case field(String, ValueTest)
    case parent(field: String, Condition)
    case setting(String, ValueTest)
    case action([Action])
    case all([Condition])
    case any([Condition])
    case not(Condition)
}

/// What a condition asks of a value.
package enum ValueTest: Sendable {
    /// Equal to one of these, compared as names are.
    case oneOf([String])
    case blank
    case filled
    /// Other than the value that the row's record is known to have; never where it has none.
    case changed
    /// The value that the row's record is known to have; never where it has none.
    case unchanged
    /// A name of the directory of that id, whatever its case; never where there is no list.
    case listed(String)
}
