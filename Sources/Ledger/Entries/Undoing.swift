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

    package init(
        of upload: UploadID, counter: UploadID?, count: Int, note: String?, by stamp: Stamp
    ) {
        (self.upload, self.counter, self.count) = (upload, counter, count)
        (self.note, self.stamp) = (note, stamp)
    }
}
