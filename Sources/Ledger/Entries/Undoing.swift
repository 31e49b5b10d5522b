/// That somebody took an upload back.
package struct Undoing: Sendable, Equatable {
    package let upload: UploadID
    /// The upload whose steps take back what the portal had done; nil where it had done nothing.
    package let counter: UploadID?
    /// How many steps were called off.
    package let count: Int
    /// Why.
    package let note: String?
    package let stamp: Stamp
    /// What no step takes back: somebody does it by hand.
    package internal(set) var remainders: [Remainder] = []

    package init(
        of upload: UploadID, counter: UploadID?, count: Int, note: String?, by stamp: Stamp
    ) {
        (self.upload, self.counter, self.count) = (upload, counter, count)
        (self.note, self.stamp) = (note, stamp)
    }
}

/// A record of which something is taken back by hand.
package struct Remainder: Sendable, Equatable {
    /// What exports call it by.
    package let record: String
    /// The sheet's id in the Definition.
    package let sheet: String
    /// By the ids of its fields.
    package let values: [String: String]
    /// What is to be taken back; nil where nobody kept that.
    package let kind: RecordChange.Kind?
    /// By the ids of fields: what it said before, where that changed.
    package let before: [String: String]
    /// Who said that it is taken back; nil while nobody did.
    package let stamp: Stamp?
}
