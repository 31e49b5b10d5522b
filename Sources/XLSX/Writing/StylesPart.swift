import Spreadsheet
import XML

/// `xl/styles.xml`: what cell styles are made of, each part once (ECMA-376 Part 1 §18.8.39).
struct StylesPart {
    /// Ids below are built in (ECMA-376 Part 1 §18.8.30).
    private static let firstCustomFormatID = 164
    /// UTF-16 units of the longest format code that Excel opens without repair.
    private static let formatCodeLengthMax = 255

    private let styles: [CellStyle]
    private let differentialStyles: [CellStyle]
    private var formats = Numbering<String>()
    private var fonts = Numbering<CellStyle.Font>([.init()])
    private var fills = Numbering<CellStyle.Color>()
    private var borders = Numbering<CellStyle.Border?>([nil])

    init(_ table: StyleTable) {
        styles = table.cellStyles
        differentialStyles = table.differentialStyles
        for style in styles {
            if let code = Self.customCode(style) { formats.add(code) }
            if let fill = style.fill { fills.add(fill) }
            fonts.add(style.font)
            borders.add(style.border)
        }
    }

    /// Writes the part.
    func write(to xml: inout XMLWriter) {
        xml.declaration()
        xml.element("styleSheet") { xml in
            xml.attribute("xmlns", Namespace.main)
            writeFormats(to: &xml)
            writeFonts(to: &xml)
            writeFills(to: &xml)
            writeBorders(to: &xml)
            writeCellFormats(to: &xml)
            xml.raw(
                "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/>")
            xml.raw("</cellStyles>")
            writeDifferentialStyles(to: &xml)
            xml.raw("<tableStyles count=\"0\"/>")
        }
    }

    /// The code of a style's format unless it is built in; one too long is left out.
    private static func customCode(_ style: CellStyle) -> String? {
        let code = style.numberFormat
        guard NumberFormat.builtInId(of: code) == nil, !code.isEmpty,
            code.utf16.count <= formatCodeLengthMax
        else { return nil }
        return code
    }

    private func formatID(of style: CellStyle) -> Int {
        if let index = formats.index(of: style.numberFormat) {
            return Self.firstCustomFormatID + index
        }
        return NumberFormat.builtInId(of: style.numberFormat) ?? 0
    }
}

/// The tables, in schema order.
extension StylesPart {
    private func writeFormats(to xml: inout XMLWriter) {
        guard !formats.values.isEmpty else { return }
        xml.element("numFmts") { xml in
            xml.attribute("count", formats.values.count)
            for (index, code) in formats.values.enumerated() {
                xml.element("numFmt") { xml in
                    xml.attribute("numFmtId", Self.firstCustomFormatID + index)
                    xml.attribute("formatCode", code, as: .workbookText)
                }
            }
        }
    }

    private func writeFonts(to xml: inout XMLWriter) {
        xml.element("fonts") { xml in
            xml.attribute("count", fonts.values.count)
            for font in fonts.values {
                xml.element("font") { xml in
                    Self.writeLetters(font, to: &xml)
                    xml.element("sz") { $0.attribute("val", font.size) }
                    Self.writeColor("color", font.color, to: &xml)
                    xml.raw("<name val=\"Calibri\"/><family val=\"2\"/>")
                }
            }
        }
    }

    /// The first two fills are fixed; readers take them for none and grey whatever stands there.
    private func writeFills(to xml: inout XMLWriter) {
        xml.element("fills") { xml in
            xml.attribute("count", fills.values.count + 2)
            xml.raw("<fill><patternFill patternType=\"none\"/></fill>")
            xml.raw("<fill><patternFill patternType=\"gray125\"/></fill>")
            for color in fills.values {
                xml.raw("<fill><patternFill patternType=\"solid\">")
                Self.writeColor("fgColor", color, to: &xml)
                xml.raw("<bgColor indexed=\"64\"/></patternFill></fill>")
            }
        }
    }

    private func writeBorders(to xml: inout XMLWriter) {
        xml.element("borders") { xml in
            xml.attribute("count", borders.values.count)
            for border in borders.values { Self.writeBorder(border, to: &xml) }
        }
    }

    private func writeCellFormats(to xml: inout XMLWriter) {
        xml.raw("<cellStyleXfs count=\"1\">")
        xml.raw("<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>")
        xml.element("cellXfs") { xml in
            xml.attribute("count", styles.count)
            for style in styles { writeCellFormat(style, to: &xml) }
        }
    }

    private func writeCellFormat(_ style: CellStyle, to xml: inout XMLWriter) {
        let formatID = formatID(of: style)
        let fontIndex = fonts.index(of: style.font) ?? 0
        let fillIndex = style.fill.flatMap { fills.index(of: $0) }.map { $0 + 2 } ?? 0
        let borderIndex = borders.index(of: style.border) ?? 0
        xml.element("xf") { xml in
            xml.attribute("numFmtId", formatID)
            xml.attribute("fontId", fontIndex)
            xml.attribute("fillId", fillIndex)
            xml.attribute("borderId", borderIndex)
            xml.attribute("xfId", 0)
            if style.hasQuotePrefix { xml.attribute("quotePrefix", true) }
            if formatID > 0 { xml.attribute("applyNumberFormat", true) }
            if fontIndex > 0 { xml.attribute("applyFont", true) }
            if fillIndex > 0 { xml.attribute("applyFill", true) }
            if borderIndex > 0 { xml.attribute("applyBorder", true) }
            Self.writeAlignmentAndLock(style, to: &xml)
        }
    }

    private static func writeAlignmentAndLock(_ style: CellStyle, to xml: inout XMLWriter) {
        let isAligned = style.horizontal != nil || style.vertical != nil || style.wrapsText
        if isAligned { xml.attribute("applyAlignment", true) }
        if !style.isLocked { xml.attribute("applyProtection", true) }
        if isAligned {
            xml.element("alignment") { xml in
                if let horizontal = style.horizontal {
                    xml.attribute("horizontal", horizontal.rawValue)
                }
                if let vertical = style.vertical { xml.attribute("vertical", vertical.rawValue) }
                if style.wrapsText { xml.attribute("wrapText", true) }
            }
        }
        if !style.isLocked { xml.raw("<protection locked=\"0\"/>") }
    }

    /// Only what differs from the cell's own style; the ground's colour is `bgColor` here.
    private func writeDifferentialStyles(to xml: inout XMLWriter) {
        xml.element("dxfs") { xml in
            xml.attribute("count", differentialStyles.count)
            for style in differentialStyles {
                xml.element("dxf") { Self.writeDifferences(of: style, to: &$0) }
            }
        }
    }

    private static func writeDifferences(of style: CellStyle, to xml: inout XMLWriter) {
        if style.font != CellStyle.Font() {
            xml.element("font") { xml in
                writeLetters(style.font, to: &xml)
                writeColor("color", style.font.color, to: &xml)
            }
        }
        if let fill = style.fill {
            xml.raw("<fill><patternFill patternType=\"solid\">")
            writeColor("bgColor", fill, to: &xml)
            xml.raw("</patternFill></fill>")
        }
        if style.border != nil { writeBorder(style.border, to: &xml) }
    }

    private static func writeLetters(_ font: CellStyle.Font, to xml: inout XMLWriter) {
        if font.isBold { xml.raw("<b/>") }
        if font.isItalic { xml.raw("<i/>") }
        if font.isUnderlined { xml.raw("<u/>") }
    }

    private static func writeBorder(_ border: CellStyle.Border?, to xml: inout XMLWriter) {
        guard let border else {
            xml.raw("<border><left/><right/><top/><bottom/><diagonal/></border>")
            return
        }
        xml.element("border") { xml in
            for side in ["left", "right", "top", "bottom"] as [StaticString] {
                xml.element(side) { xml in
                    xml.attribute("style", border.line.rawValue)
                    writeColor("color", border.color, to: &xml)
                }
            }
        }
    }

    private static func writeColor(
        _ name: StaticString, _ color: CellStyle.Color?, to xml: inout XMLWriter
    ) {
        guard let color else { return }
        xml.element(name) { $0.attribute("rgb", color.text) }
    }
}

/// Different values in the order they came, each with its index.
private struct Numbering<Value: Hashable> {
    private(set) var values: [Value] = []
    private var indexes: [Value: Int] = [:]

    init(_ first: [Value] = []) {
        for value in first { add(value) }
    }

    mutating func add(_ value: Value) {
        guard indexes[value] == nil else { return }
        indexes[value] = values.count
        values.append(value)
    }

    func index(of value: Value) -> Int? { indexes[value] }
}
