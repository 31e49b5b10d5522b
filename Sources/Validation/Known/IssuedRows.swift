/// What earlier tries of the same upload asked for and got: a mail sent for a row must not be sent
/// again because the row comes again beside others that were mended.
package struct IssuedRows: Sendable {
    private struct Row: Hashable {
        let sheet: String
        let action: String
        let key: [UInt8]
    }

    private var origins: [Row: String] = [:]

    package init() {}

    package var isEmpty: Bool { origins.isEmpty }

    package var count: Int { origins.count }

    /// - Parameter origin: where it was asked for, for people.
    package mutating func add(sheet: String, action: String, key: [UInt8], origin: String) {
        origins[Row(sheet: sheet, action: action, key: key)] = origin
    }

    func origin(sheet: String, action: String, key: [UInt8]) -> String? {
        origins.isEmpty ? nil : origins[Row(sheet: sheet, action: action, key: key)]
    }
}
