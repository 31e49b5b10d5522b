/// How much a finding weighs. Only an error keeps a row out.
package enum Severity: String, Sendable, CaseIterable, Comparable {
    case error, warning, info

    package static func < (left: Severity, right: Severity) -> Bool { left.weight < right.weight }

    private var weight: Int {
        switch self {
        case .error: 0
        case .warning: 1
        case .info: 2
        }
    }
}
