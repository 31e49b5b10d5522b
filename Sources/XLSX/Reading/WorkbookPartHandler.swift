import Spreadsheet
import XML

/// Reads the workbook part: the list of sheets and the date system (ECMA-376 Part 1 §18.2).
final class WorkbookPartHandler: XMLHandler {
    enum Word: UInt8, CaseIterable {
        case workbook, workbookPr, sheets, sheet, name, state, id, date1904
    }

    enum Root { case workbook, betaWorkbook, other }

    struct Sheet {
        let name: String
        let visibility: SheetInfo.Visibility
        let relationshipId: String
    }

    let vocabulary = XMLVocabulary(
        Word.self, namespaces: OfficeNamespaces.all + [OfficeNamespaces.beta])
    private(set) var sheets: [Sheet] = []
    private(set) var dateSystem = DateSystem.excel1900
    /// What the root is; nil before it.
    private(set) var root: Root?
    private let countMax: Int

    /// - Parameter countMax: one sheet more than that is kept, so that the caller sees it.
    init(countMax: Int) { self.countMax = countMax }

    func start(_ element: XMLElement) {
        let word = Word(rawValue: element.word)
        if root == nil {
            let isBeta = element.namespace == OfficeNamespaces.betaIndex
            root = word == .workbook ? .workbook : isBeta ? .betaWorkbook : .other
        }
        switch (word, Word(rawValue: element.parent)) {
        case (.workbookPr, .workbook):
            let flag = element.attributes.string(Word.date1904.rawValue)
            if flag == "1" || flag == "true" || flag == "on" { dateSystem = .excel1904 }
        case (.sheet, .sheets) where sheets.count <= countMax:
            sheets.append(sheet(element.attributes))
        default: break
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
    func end(_ word: UInt8, parent: UInt8) {}

    private func sheet(_ attributes: XMLAttributes) -> Sheet {
        let visibility: SheetInfo.Visibility =
            switch attributes.string(Word.state.rawValue) {
            case "hidden": .hidden
            case "veryHidden": .veryHidden
            default: .visible
            }
        let id = attributes.string(Word.id.rawValue, in: OfficeNamespaces.relationshipsIndex)
        return Sheet(
            name: attributes.string(Word.name.rawValue) ?? "", visibility: visibility,
            relationshipId: id ?? "")
    }
}
