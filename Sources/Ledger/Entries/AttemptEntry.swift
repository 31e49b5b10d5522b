package import Validation

/// One try of an upload, as it is remembered.
package struct AttemptEntry: Sendable, Equatable {
    package let id: UploadID
    package let portal: String
    package let workbookName: String
    package let sha256: String
    package let stamp: Stamp
    /// JSON objects.
    package let counts: String
    package let effects: String
    /// Where the outcome was put.
    package let folder: String
    /// What its kept files are called by.
    package let name: String
    /// How many of its operations are in each state, where a history was asked for.
    package let operations: [OperationState: Int]
    let row: Int64
}

/// How far an operation got.
package enum OperationState: Int, Sendable, CaseIterable {
    case ready, handedOver, done, refused, unknown
    /// What it asks for is so already, or nobody wants it any more.
    case notNeeded
    /// Somebody took its upload back before the portal did it.
    case takenBack

    /// Whether somebody has yet to see to it.
    package var isOpen: Bool { self == .ready || self == .handedOver }
    /// Whether what its row did here is undone.
    package var isGivenBack: Bool { self == .refused || self == .takenBack }
    /// The same, for what asks the database.
    static let givenBack = "(\(Self.refused.rawValue), \(Self.takenBack.rawValue))"
    /// Whether nothing is left to do, and the portal was not against it.
    package var isSettled: Bool { self == .done || self == .notNeeded }
}

/// What somebody says became of an operation.
package struct OperationVerdict: Sendable, Equatable {
    package let state: OperationState
    /// The portal's words.
    package let note: String?

    package init(_ state: OperationState, note: String? = nil) {
        self.state = state
        self.note = note
    }
}

/// An operation, as it is remembered.
package struct OperationEntry: Sendable, Equatable {
    /// Its line in the batch, from 1.
    package let sequence: Int
    /// `studio.company.create/acme.12345.service`
    package let name: String
    /// The operation's id in the Definition.
    package let operation: String
    /// `http`, `file`, `manual` or `wait`.
    package let kind: String
    package let state: OperationState
    /// The portal's words.
    package let note: String?
    /// The sheet's id in the Definition, and the row's number in the workbook; nil for what is done
    /// once.
    package let sheet: String?
    package let rowNumber: Int?
    package let isHeld: Bool
    /// When it is held no more, ISO 8601 in UTC, where nothing but time holds it.
    package let heldUntil: String?
    /// Who said last what became of it; nil while nobody did.
    package let stamp: Stamp?
}

extension OperationEntry {
    /// Whether it may not be sent on its way yet.
    ///
    /// - Parameter time: ISO 8601 in UTC.
    package func isHeld(at time: String) -> Bool { isHeld && heldUntil.map { time < $0 } ?? true }
}

/// What a row did to a record.
package struct RecordChange: Sendable {
    package enum Kind: Int, Sendable {
        case created, updated, deleted
        /// A link that went with what it joined.
        case dropped
    }

    package let kind: Kind
    /// The sheet's index in the Definition.
    package let sheet: Int
    /// Of the row that did it: its sheet's id in the Definition, and its number as Excel counts.
    package let rowSheet: String
    package let rowNumber: Int
    /// What exports call the record by.
    package let id: String
    /// By field: what the record says now.
    package let values: [String?]
    /// By field: what it said before, where that changed.
    package var before: [Int: String]
    /// Whether something else changed the record since.
    package let isChangedSince: Bool
    /// Whether the portal did it.
    package let isDone: Bool
    /// What is done once by which it comes about; nil: steps of its row.
    package let step: Int?
    /// Of a link, what it joins, as exports call it; nil where an end is not there any more.
    package let ends: [String]?
}

/// What adopting came to.
package struct AdoptionCounts: Sendable, Equatable {
    package var added = 0
    package var changed = 0
    package var same = 0
    /// Without a key.
    package var nameless = 0

    package init() {}

    package static func + (one: Self, other: Self) -> Self {
        var sum = one
        sum.added += other.added
        sum.changed += other.changed
        sum.same += other.same
        sum.nameless += other.nameless
        return sum
    }
}

/// What adopting customers comes to.
package struct Adoption: Sendable, Equatable {
    /// Of each sheet of the Definition.
    package internal(set) var counts: [AdoptionCounts]
    /// FNV-1a of what becomes of every record.
    private var hash: UInt64 = 0xCBF2_9CE4_8422_2325

    init(sheetCount: Int) { counts = Array(repeating: AdoptionCounts(), count: sheetCount) }

    package var all: AdoptionCounts { counts.reduce(AdoptionCounts(), +) }

    /// What tells it from any other.
    package var mark: String { String(hash, radix: 16) }

    /// Takes in what becomes of a record.
    mutating func note(_ parts: [String?]) {
        for part in parts {
            // No text has these bytes.
            let bytes: [UInt8] = part.map { Array($0.utf8) + [0xFF] } ?? [0xFE]
            for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        }
    }
}

/// A list that was loaded.
package struct RememberedList: Sendable {
    /// The directory's id in the Definition.
    package let directory: String
    /// The file's name.
    package let source: String
    package let stamp: Stamp
    package let count: Int
    /// The lines of the list: a name, and after a tab what stood beside it. Empty where nobody
    /// asked.
    package let lines: [UInt8]

    /// A list as it was read.
    package init(directory: String, source: String, stamp: Stamp, _ names: Directory) {
        var lines: [UInt8] = []
        for position in 0..<names.count {
            for description in names.lines(position) {
                TextLine.append(names.name(position), to: &lines)
                if !description.isEmpty {
                    lines.append(UInt8(ascii: "\t"))
                    TextLine.append(description, to: &lines)
                }
                lines.append(UInt8(ascii: "\n"))
            }
        }
        self.init(
            directory: directory, source: source, stamp: stamp, count: names.count, lines: lines)
    }

    /// The names, without what stood beside them.
    package var names: [String] {
        lines.split(separator: UInt8(ascii: "\n")).compactMap { line in
            line.split(separator: UInt8(ascii: "\t"), maxSplits: 1).first.map(TextLine.text)
        }
    }

    init(directory: String, source: String, stamp: Stamp, count: Int, lines: [UInt8]) {
        self.directory = directory
        self.source = source
        self.stamp = stamp
        self.count = count
        self.lines = lines
    }
}

/// Settings of a portal that were loaded.
package struct RememberedSettings: Sendable, Equatable {
    package let portal: String
    /// The file's name.
    package let source: String
    package let stamp: Stamp
    /// YAML, as a settings file says them.
    package let text: String
    package let sha256: String

    package init(portal: String, source: String, stamp: Stamp, text: String, sha256: String) {
        self.portal = portal
        self.source = source
        self.stamp = stamp
        self.text = text
        self.sha256 = sha256
    }
}

/// Where a value stands.
package struct ValuePlace: Sendable, Equatable {
    package enum Kind: String, Sendable {
        case record, files, outcome
    }

    package let kind: Kind
    /// A record's id, the name of kept files, or a folder.
    package let name: String
    package let upload: UploadID?
}

/// One thing that was done.
package struct AuditEntry: Sendable, Equatable {
    package let stamp: Stamp
    package let portal: String
    /// `accept`, `done`, `adopt`, `load`, `forget`, `limits`, …
    package let action: String
    /// What it was done to: `12.1`, `domains`.
    package let object: String
    /// Numbers as `name=1`, keyed digests of values; never values.
    package let outcome: String
    /// 64 hexadecimal digits, of this entry and all before it.
    package let hash: String
}
