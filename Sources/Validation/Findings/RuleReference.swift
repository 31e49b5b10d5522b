package import Portals

/// The words a Definition's rule puts in place of the catalogue's.
package struct RuleReference: Sendable, Equatable {
    package var message: LocalizedText?
    package var remedy: LocalizedText?

    init(remedy: LocalizedText) { self.remedy = remedy }

    init(of hold: Hold) {
        message = hold.message
        remedy = hold.remedy
    }

    init(of interval: StepInterval) {
        message = interval.message
        remedy = interval.remedy
    }

    /// Nil for a rule that leaves both to the catalogue.
    init?(_ rule: RuleDefinition) {
        guard rule.message != nil || rule.remedy != nil else { return nil }
        message = rule.message
        remedy = rule.remedy
    }
}
