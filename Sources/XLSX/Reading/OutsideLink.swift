/// What leads out of a workbook: another workbook, a database, a file, a program's object.
///
/// Nothing of it is ever opened, but people should know: values may have come from there, and
/// Excel may go there when it opens the file. Links of cells to web pages and addresses do not
/// count, as Excel makes one of every address somebody types, and follows none without a click; a
/// link to a file or a share does, as Windows sends the name of whoever follows it.
///
/// Only what the workbook and the sheets that are read name is looked at; a picture that a drawing
/// takes from the web is not.
///
/// Source: ECMA-376 Part 1 §12.3 (connections, external workbooks), §15.2 (embedded objects,
/// links), Part 2 §6.5.3 (target modes).
enum OutsideLink {
    /// Parts inside of the package that speak of what is outside, or have programs open them.
    private static let kinds = [
        "externalLink", "connections", "oleObject", "package", "control",
    ]
    private static let ordinarySchemes: Set<String> = ["http", "https", "mailto", "tel"]

    /// - Parameter type: the relationship's, whole.
    static func isOne(type: String, target: String, isExternal: Bool) -> Bool {
        let kind = type.utf8.split(separator: UInt8(ascii: "/")).last ?? ""[...].utf8
        guard isExternal else { return kinds.contains { kind.elementsEqual($0.utf8) } }
        if !kind.elementsEqual("hyperlink".utf8) { return true }
        // A place in the workbook itself.
        if target.hasPrefix("#") { return false }
        guard let colon = target.firstIndex(of: ":") else { return true }
        return !ordinarySchemes.contains(target[..<colon].lowercased())
    }
}
