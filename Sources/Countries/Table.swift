/// The tables this room was built with (`Tables/`): lines of fields with tabs between them.
enum Table {
    /// The fields of each line that is no comment.
    static func rows(of path: String) -> [[String]] {
        let text = EmbeddedText.files.first { $0.path == path }?.text ?? ""
        return text.split(whereSeparator: \.isNewline).filter { $0.first != "#" }.map { line in
            line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0) }
        }
    }
}
