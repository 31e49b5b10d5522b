/// A record, to be looked at.
package struct RecordEntry: Sendable, Equatable {
    /// What exports call it by.
    package let id: String
    /// By field.
    package let values: [String?]
    package let standing: RecordStanding
    package let origin: RecordOrigin
    /// How many refer to it, by family of its sheet; nil where nobody counts them. Empty unless
    /// asked for.
    package let childCounts: [Int?]
    /// Of a link that was found by one of those it joins, the others: what exports call them by,
    /// by the ids of their sheets.
    package var joined: [String: String] = [:]
    /// Whether all links of it are known.
    package var knowsLinks = false
}

/// Records of a sheet, and how many there are.
package struct RecordPage: Sendable, Equatable {
    package var entries: [RecordEntry] = []
    package var count = 0
    /// Whether there are more than were counted.
    package var hasMore = false
}

/// The row of an upload that did something.
package struct RecordOrigin: Sendable, Equatable {
    package let attempt: UploadID
    package let workbookName: String
    package let rowNumber: Int
    package let stamp: Stamp
    /// Nil for what did not come through the site.
    package let upload: String?
    /// Whether it was known before Rowgate: nothing was to be done for it.
    package let isAdopted: Bool
}

/// What a row did to a record.
package struct RecordEvent: Sendable, Equatable {
    package let kind: RecordChange.Kind
    package let origin: RecordOrigin
    /// By field: what it said before.
    package let before: [Int: String]
    /// Whether it was taken back, as the portal refused it.
    package let isTakenBack: Bool
    package let steps: [OperationEntry]
}

/// A step, with the upload that it is for.
package struct RecordStep: Sendable, Equatable {
    package let step: OperationEntry
    package let origin: RecordOrigin
}
