package import Portals

/// Which records of a sheet somebody looks for.
package struct RecordQuery: Sendable {
    package enum Order: String, Sendable, CaseIterable {
        /// The newest first.
        case newest
        /// By the sheet's key.
        case name
    }

    /// Records that are found by words or their standing; those beyond are not looked at.
    package static let foundCountMax = 1_000

    package let sheet: SheetDefinition
    /// What some value of theirs holds, whatever the case; empty: anything.
    package var words = ""
    /// Nil: all that are not refused.
    package var standing: RecordStanding?
    package var order = Order.newest
    /// How many are passed over.
    package var first = 0
    package var countMax = 50
    /// Whether those that refer to them are counted.
    package var countsChildren = false

    package init(_ sheet: SheetDefinition) { self.sheet = sheet }
}

/// How far a record got at its portal.
package enum RecordStanding: String, Sendable, CaseIterable {
    /// Steps of what made or changed it last are open.
    case waiting
    case there
    /// The portal did not take it.
    case refused
    /// Its upload was taken back before the portal took it.
    case takenBack = "taken_back"

    /// Whether it is known: nothing else can be asked for with what is not there.
    package var isKnown: Bool { self == .waiting || self == .there }
}

extension RememberedList {
    /// The first names, without what stood beside them.
    package func names(countMax: Int) -> [String] {
        lines.split(separator: UInt8(ascii: "\n"), maxSplits: countMax).prefix(countMax)
            .compactMap { line in
                line.split(separator: UInt8(ascii: "\t"), maxSplits: 1).first.map(TextLine.text)
            }
    }
}
