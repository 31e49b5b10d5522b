/// A file that came of an import, as the manifest names it.
package struct OutputFile: Sendable, Equatable {
    package var name: String
    /// 64 lower-case hexadecimal digits.
    package var sha256: String
    /// How many operations it holds; nil for a file that is no batch.
    package var operationCount: Int?
    /// How many of them are held until somebody accepts what they cost.
    package var heldCount: Int

    package init(name: String, sha256: String, operationCount: Int? = nil, heldCount: Int = 0) {
        self.name = name
        self.sha256 = sha256
        self.operationCount = operationCount
        self.heldCount = heldCount
    }
}
