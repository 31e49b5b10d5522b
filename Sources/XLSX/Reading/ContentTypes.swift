import XML
import Zip

/// What the package says each part is (ECMA-376 Part 2 §6.2.3); one type is asked for.
struct ContentTypes {
    private static let partName = "[Content_Types].xml"

    /// The type of the part in question, in lower case; nil when the package does not say.
    let type: String?

    init(
        of part: String, in archive: ZipArchive, limits: WorkbookLimits
    ) throws(WorkbookError) {
        let handler = ContentTypesHandler(part: part)
        if let entry = archive.entry(named: Self.partName) {
            try archive.read(entry, with: handler, limits: limits)
        }
        type = (handler.override ?? handler.fallback)?.lowercased()
    }

    /// Whether the part may carry macros: workbook, template or add-in.
    var isMacroEnabled: Bool { type.map { $0.contains("macroenabled") } ?? false }

    /// Whether the part is a workbook in the binary form.
    var isBinaryWorkbook: Bool { type.map { $0.contains("ms-excel.sheet.binary") } ?? false }
}

private final class ContentTypesHandler: XMLHandler {
    private enum Word: UInt8 { case `default`, override, partName, `extension`, contentType }

    let vocabulary = XMLVocabulary(
        words: ["Default", "Override", "PartName", "Extension", "ContentType"],
        namespaces: [OfficeNamespaces.contentTypes])
    private(set) var override: String?
    private(set) var fallback: String?
    private let part: String
    private let partExtension: String

    init(part: String) {
        self.part = "/" + part.lowercased()
        partExtension = part.split(separator: ".").last.map { $0.lowercased() } ?? ""
    }

    func start(_ element: XMLElement) {
        let attributes = element.attributes
        guard let type = attributes.string(Word.contentType.rawValue) else { return }
        switch Word(rawValue: element.word) {
        case .override where attributes.string(Word.partName.rawValue)?.lowercased() == part:
            override = type
        case .default
        where attributes.string(Word.extension.rawValue)?.lowercased() == partExtension:
            fallback = type
        default: break
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
    func end(_ word: UInt8, parent: UInt8) {}
}
