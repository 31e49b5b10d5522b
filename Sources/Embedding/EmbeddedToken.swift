/// One value of a data file, or the beginning of one.
package enum EmbeddedToken: Sendable, Equatable {
    /// A text that stood there without quotes: what it means is the reader's to say.
    case plain(String)
    case quoted(String)
    /// As many values follow.
    case list(count: Int)
    /// As many names follow, each with its value behind it.
    case table(count: Int)

    /// Nil for lists and tables.
    package var text: String? {
        switch self {
        case .plain(let text), .quoted(let text): text
        case .list, .table: nil
        }
    }

    static let plainMark = UInt8(ascii: "p")
    static let quotedMark = UInt8(ascii: "q")
    static let listMark = UInt8(ascii: "l")
    static let tableMark = UInt8(ascii: "t")
    static let colon = UInt8(ascii: ":")
}
