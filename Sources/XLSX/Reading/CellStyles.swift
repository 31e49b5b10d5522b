import Catalogue
import Spreadsheet
import XML
import Zip

/// The number formats of a workbook's cells, and whether they are crossed out, by style index
/// (ECMA-376 Part 1 §18.8.10 `cellXfs`).
///
/// What else a style says (colours, `applyNumberFormat`) does not matter here. An index that is out
/// of range has no format: its numbers are numbers.
package struct CellStyles: Sendable {
    private var formatIds: [Int] = []
    private var codes: [Int: String] = [:]
    private var meanings: [NumberFormat.Meaning] = []
    /// Styles whose font has a line through it (§18.8.22 `font`, §18.4.10 `strike`).
    private var crossingOut: Set<UInt16> = []

    /// The styles of a workbook without a styles part.
    init() {}

    /// The number of styles.
    package var count: Int { formatIds.count }

    /// The format code of a style; `General` for one that does not exist, empty for built-in
    /// formats whose code depends on the language.
    package func numberFormatCode(at index: UInt16) -> String {
        guard index < formatIds.count else { return "General" }
        let id = formatIds[Int(index)]
        return codes[id] ?? NumberFormat.code(ofBuiltIn: id) ?? ""
    }

    /// Whether numbers of a style are dates or times of day. Durations such as `[h]:mm` are
    /// numbers.
    @inline(__always)
    package func isDate(at index: UInt16) -> Bool {
        index < meanings.count && meanings[Int(index)] == .date
    }

    /// Whether any style crosses cells out: most workbooks have none that need be asked about.
    package var crossesOut: Bool { !crossingOut.isEmpty }

    /// Whether cells of a style are crossed out.
    package func isCrossedOut(at index: UInt16) -> Bool { crossingOut.contains(index) }

    /// Reads a styles part.
    ///
    /// - Throws: `styles.too_large` beyond the limits for formats; what reading a part throws.
    init(
        reading entry: ZipEntry, in archive: ZipArchive, limits: WorkbookLimits
    ) throws(WorkbookError) {
        let handler = StylesHandler(limits: limits)
        try archive.read(entry, with: handler, limits: limits)
        if let excess = handler.excess {
            throw WorkbookError(
                .stylesTooLarge, part: entry.name, found: "more \(excess)",
                expected: "at most \(limits.cellFormatCountMax) cell formats and "
                    + "\(limits.numberFormatCountMax) number formats")
        }
        formatIds = handler.formatIds
        codes = handler.codes
        let meaningById = codes.mapValues { NumberFormat.meaning(of: $0) }
        crossingOut = handler.crossingOut
        meanings = formatIds.map { meaningById[$0] ?? NumberFormat.meaning(ofBuiltIn: $0) }
    }
}

private final class StylesHandler: XMLHandler {
    enum Word: UInt8, CaseIterable {
        case numFmts, numFmt, cellXfs, xf, numFmtId, formatCode, fonts, font, strike, fontId, val
    }

    let vocabulary = XMLVocabulary(Word.self, namespaces: OfficeNamespaces.all)
    private(set) var formatIds: [Int] = []
    private(set) var codes: [Int: String] = [:]
    private(set) var crossingOut: Set<UInt16> = []
    private var fontCount = 0
    private var fontsCrossingOut: Set<Int> = []
    /// Whether the font that is open is one of the workbook's, not of a conditional format.
    private var isFontOfCells = false
    /// What there are too many of.
    private(set) var excess: String?
    private let limits: WorkbookLimits

    init(limits: WorkbookLimits) { self.limits = limits }

    func start(_ element: XMLElement) {
        guard excess == nil else { return }
        switch (Word(rawValue: element.word), Word(rawValue: element.parent)) {
        case (.numFmt, .numFmts):
            guard let id = number(.numFmtId, element.attributes),
                let code = element.attributes.string(Word.formatCode.rawValue)
            else { return }
            codes[id] = code
            if codes.count > limits.numberFormatCountMax { excess = "number formats" }
        case (.xf, .cellXfs):
            if let font = number(.fontId, element.attributes), fontsCrossingOut.contains(font) {
                crossingOut.insert(UInt16(clamping: formatIds.count))
            }
            formatIds.append(number(.numFmtId, element.attributes) ?? 0)
            if formatIds.count > limits.cellFormatCountMax { excess = "cell formats" }
        case (.font, let parent):
            isFontOfCells = parent == .fonts
            if isFontOfCells { fontCount += 1 }
        case (.strike, .font) where isFontOfCells && !isOff(element.attributes):
            fontsCrossingOut.insert(fontCount - 1)
        default: break
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
    func end(_ word: UInt8, parent: UInt8) {}

    private func number(_ word: Word, _ attributes: XMLAttributes) -> Int? {
        guard let bytes = attributes[word.rawValue] else { return nil }
        return Int(String(decoding: CellText.trimmed(bytes), as: UTF8.self))
    }

    /// Whether a flag says of itself that it does not hold.
    private func isOff(_ attributes: XMLAttributes) -> Bool {
        ["0", "false", "off"].contains(attributes.string(Word.val.rawValue))
    }
}
