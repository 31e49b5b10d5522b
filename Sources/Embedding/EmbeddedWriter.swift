/// Writes a data file as `EmbeddedReader` reads it: for each value a letter, a count and a colon.
///
/// Texts have their bytes behind the colon, lists and tables their members, tables each with its
/// name before it: `t1:p5:codesl0:` is a table whose `codes` is an empty list.
package struct EmbeddedWriter {
    package private(set) var text = ""

    package init() {}

    package mutating func append(_ token: EmbeddedToken) {
        switch token {
        case .plain(let text): append(EmbeddedToken.plainMark, text.utf8.count, text)
        case .quoted(let text): append(EmbeddedToken.quotedMark, text.utf8.count, text)
        case .list(let count): append(EmbeddedToken.listMark, count)
        case .table(let count): append(EmbeddedToken.tableMark, count)
        }
    }

    private mutating func append(_ mark: UInt8, _ count: Int, _ bytes: String = "") {
        text.unicodeScalars.append(Unicode.Scalar(mark))
        text += "\(count):" + bytes
    }
}
