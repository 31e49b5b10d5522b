/// The same content in other markup.
extension Repackaging {
    static let strings = "xl/sharedStrings.xml"
    private static let relationships = "xl/_rels/workbook.xml.rels"

    /// Texts stand in their cells.
    mutating func inlineStrings() {
        let items = (self[Self.strings] ?? "").matches(of: /(?s)<si>(.*?)<\/si>/).map { $0.1 }
        for sheet in sheetNames {
            self[sheet] = self[sheet]?
                .replacing(/<c ([^>]*)t="s"([^>]*)><v>(\d+)<\/v><\/c>/) { cell in
                    let item = Int(cell.3).map { items[$0] } ?? ""
                    return "<c \(cell.1)t=\"inlineStr\"\(cell.2)><is>\(item)</is></c>"
                }
        }
    }

    /// Texts stand in a table of their own, which the workbook did not have.
    mutating func shareStrings() {
        guard self[Self.strings] == nil else { return }
        var items: [Substring] = []
        for sheet in sheetNames {
            self[sheet] = self[sheet]?
                .replacing(/(?s)<c ([^>]*)t="inlineStr"([^>]*)><is>(.*?)<\/is><\/c>/) { cell in
                    let index = items.firstIndex(of: cell.3) ?? items.count
                    if index == items.count { items.append(cell.3) }
                    return "<c \(cell.1)t=\"s\"\(cell.2)><v>\(index)</v></c>"
                }
        }
        let table = items.map { "<si>\($0)</si>" }.joined()
        self[Self.strings] = "<sst xmlns=\"\(ReadingFixture.main)\">\(table)</sst>"
        let relationship =
            "<Relationship Id=\"texts\" Type=\"\(ReadingFixture.office)/sharedStrings\""
            + " Target=\"sharedStrings.xml\"/></Relationships>"
        self[Self.relationships] = self[Self.relationships]?
            .replacing("</Relationships>", with: relationship)
    }

    /// Elements have a prefix instead of none.
    mutating func addPrefixes() {
        edit { text in
            guard text.contains("xmlns=\"") else { return text }
            return text.replacing(/<(\/?)([A-Za-z]\w*)(?=[\s\/>])/) { "<\($0.1)some:\($0.2)" }
                .replacing("xmlns=\"", with: "xmlns:some=\"")
        }
    }

    /// Namespaces of ECMA-376 Strict instead of Transitional, in some of the parts or all.
    mutating func makeStrict(where isWanted: (String) -> Bool = { _ in true }) {
        for (name, _) in parts where isWanted(name) {
            self[name] = self[name]?
                .replacing(
                    ReadingFixture.main, with: "http://purl.oclc.org/ooxml/spreadsheetml/main"
                )
                .replacing(
                    ReadingFixture.office,
                    with: "http://purl.oclc.org/ooxml/officeDocument/relationships")
        }
    }
}
