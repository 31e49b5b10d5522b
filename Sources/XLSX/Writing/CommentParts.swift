import Spreadsheet
import XML

/// The two parts that comments need: their texts, and the drawing of their boxes.
struct CommentParts {
    /// Shape ids come in blocks of so many; a drawing names the blocks it uses.
    private static let shapesPerBlock = 1_024
    private static let author = "Rowgate"
    /// Columns and rows that a box covers.
    private static let boxWidth = 3
    private static let boxHeight = 6

    private let comments: [(cell: CellReference, text: String)]
    private let firstBlock: Int

    /// - Parameter firstBlock: The first block of shape ids that no sheet before has, from 1.
    init(_ comments: [CellReference: String], firstBlock: Int) {
        self.comments = comments.map { ($0.key, $0.value) }.sorted { $0.cell < $1.cell }
        self.firstBlock = firstBlock
    }

    /// The block of shape ids behind those used here; the first id of a block stays free.
    var nextBlock: Int { firstBlock + comments.count / Self.shapesPerBlock + 1 }

    /// Writes `xl/comments1.xml` (ECMA-376 Part 1 §18.7.6).
    func writeTexts(to xml: inout XMLWriter) {
        xml.declaration()
        xml.element("comments") { xml in
            xml.attribute("xmlns", Namespace.main)
            xml.element("authors") { xml in
                xml.element("author") { $0.text(Self.author) }
            }
            xml.element("commentList") { xml in
                for comment in comments { Self.writeText(comment.text, at: comment.cell, to: &xml) }
            }
        }
    }

    private static func writeText(
        _ text: String, at cell: CellReference, to xml: inout XMLWriter
    ) {
        xml.element("comment") { xml in
            xml.attribute("ref", cell.description)
            xml.attribute("authorId", 0)
            xml.element("text") { xml in
                var text = text
                text.withUTF8 { StringCell.write(StringCell.fitting($0), to: &xml) }
            }
        }
    }

    /// Writes `xl/drawings/vmlDrawing1.vml`: Excel shows no comment without a box for it.
    func writeBoxes(to xml: inout XMLWriter) {
        xml.element("xml") { xml in
            xml.attribute("xmlns:v", "urn:schemas-microsoft-com:vml")
            xml.attribute("xmlns:o", "urn:schemas-microsoft-com:office:office")
            xml.attribute("xmlns:x", "urn:schemas-microsoft-com:office:excel")
            let blocks = (firstBlock..<nextBlock).map(String.init).joined(separator: ",")
            xml.raw("<o:shapelayout v:ext=\"edit\">")
            xml.element("o:idmap") { xml in
                xml.attribute("v:ext", "edit")
                xml.attribute("data", blocks)
            }
            xml.raw("</o:shapelayout>")
            xml.raw("<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\"")
            xml.raw(" path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/>")
            xml.raw("<v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>")
            for (index, comment) in comments.enumerated() {
                let id = firstBlock * Self.shapesPerBlock + 1 + index
                Self.writeBox(id: id, at: comment.cell, to: &xml)
            }
        }
    }

    private static func writeBox(id: Int, at cell: CellReference, to xml: inout XMLWriter) {
        xml.element("v:shape") { xml in
            xml.attribute("id", "_x0000_s\(id)")
            xml.attribute("type", "#_x0000_t202")
            xml.attribute("style", "position:absolute;visibility:hidden")
            xml.attribute("fillcolor", "#ffffe1")
            xml.attribute("o:insetmode", "auto")
            xml.raw(
                "<v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/>")
            xml.raw("<v:path o:connecttype=\"none\"/>")
            xml.raw("<v:textbox style=\"mso-direction-alt:auto\"/>")
            xml.raw("<x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/>")
            xml.element("x:Anchor") { $0.text(anchor(of: cell)) }
            xml.raw("<x:AutoFill>False</x:AutoFill>")
            xml.element("x:Row") { $0.text(String(cell.rowIndex)) }
            xml.element("x:Column") { $0.text(String(cell.columnIndex)) }
            xml.raw("</x:ClientData>")
        }
    }

    /// Left column and offset, top row and offset, right column and offset, bottom row and offset:
    /// to the right of the cell, moved inwards at the edges of the grid.
    private static func anchor(of cell: CellReference) -> String {
        let left = min(cell.columnIndex + 1, GridLimits.columnCountMax - 1 - boxWidth)
        let top = min(cell.rowIndex, GridLimits.rowCountMax - 1 - boxHeight)
        return "\(left), 15, \(top), 2, \(left + boxWidth), 15, \(top + boxHeight), 4"
    }
}
