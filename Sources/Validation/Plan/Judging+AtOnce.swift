import Threads

// Judging at the same time.
extension Judging {
    typealias Judge = @Sendable (inout Judging) -> Void

    /// Lets several judge at once. Each begins with what was found before all of them, and what
    /// they find is taken in their order: so it does not depend on how many threads there are.
    mutating func atOnce(_ judges: [Judge]) {
        if judges.isEmpty { return }
        var start = self
        start.findings = []
        start.details = []
        start.oddChoices = []
        start.folded = FoldedFindings()
        start.fieldsFormed = []
        let work = OrderedWork(threadCount: threadCount) { [start] (judge: Judge) in
            var judging = start
            judge(&judging)
            return judging
        }
        for judge in judges { work.submit(judge) }
        while let other = work.next() { take(other) }
    }

    /// Adds what somebody else found who began where this one stood.
    private mutating func take(_ other: Judging) {
        for field in other.fieldsFormed { forms[field] = other.forms[field] }
        for sheet in rejected.indices { rejected[sheet].formUnion(other.rejected[sheet]) }
        for replacement in other.replacements { replace(replacement) }
        suggestions.merge(other.suggestions) { $0.count < $1.count ? $1 : $0 }
        nameSuggestions.merge(other.nameSuggestions) { made, _ in made }
        for var finding in other.findings {
            finding.detailIndex = finding.detailIndex.map { details.count + $0 }
            findings.append(finding)
        }
        details += other.details
        oddChoices += other.oddChoices
        folded.add(other.folded)
    }
}
