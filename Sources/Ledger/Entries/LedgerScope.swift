/// Whose records of which portal.
package struct LedgerScope: Sendable, Hashable {
    package let reseller: String
    package let portal: String

    package init(reseller: String, portal: String) {
        self.reseller = reseller
        self.portal = portal
    }
}

/// Who did something, and when.
package struct Stamp: Sendable, Equatable {
    package let actor: String
    /// ISO 8601 in UTC, to the second: `2026-11-22T14:00:00Z`.
    package let time: String

    package init(actor: String, time: String) {
        self.actor = actor
        self.time = time
    }
}

/// An upload of a reseller, and which try of it: people read `12.1`.
package struct UploadID: Sendable, Hashable, CustomStringConvertible {
    /// From 1, counted for each reseller.
    package let number: Int
    /// From 1.
    package let attempt: Int

    package init(number: Int, attempt: Int) {
        self.number = number
        self.attempt = attempt
    }

    /// Reads `12.1`, also with a `#` before it; `12` is its first try.
    package init?(_ text: String) {
        let parts = text.drop { $0 == "#" }.split(
            separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let number = Int(parts[0]), number > 0,
            let attempt = parts.count == 2 ? Int(parts[1]) : 1, attempt > 0
        else { return nil }
        self.init(number: number, attempt: attempt)
    }

    package var description: String { "\(number).\(attempt)" }
}
