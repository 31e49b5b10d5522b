package import Provisioning

/// The folder of an import, whole, beside its place. Unless it is finished it goes away.
package struct PreparedOutcome: ~Copyable {
    private var folder: OutcomeFolder
    /// Those of the batches, in their order.
    package let operations: [WrittenOperation]

    init(folder: consuming OutcomeFolder, operations: [WrittenOperation]) {
        self.folder = folder
        self.operations = operations
    }

    /// Where it is going to be.
    package var path: String { folder.path }
    /// Where it is now.
    package var partialPath: String { folder.partialPath }

    /// Makes sure that all of it is on the disk.
    package func flush() throws(OutputError) { try folder.flush() }

    /// Puts it in its place.
    package consuming func finish() throws(OutputError) { try folder.finish() }

    /// Leaves it where it is, for somebody who puts it in its place later.
    package consuming func leave() { folder.leave() }
}
