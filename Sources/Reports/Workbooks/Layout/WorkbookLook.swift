import XLSX
import Zip

/// The styles of the workbooks we write, registered with one of them.
struct WorkbookLook {
    let requiredHeader: StyleID
    let optionalHeader: StyleID
    /// Of columns that Rowgate adds.
    let ownHeader: StyleID
    /// A cell to fill in: what is typed stays text.
    let data: StyleID
    /// A cell that Rowgate fills in.
    let own: StyleID
    /// The same for text that must stay what it is.
    let ownText: StyleID
    /// The same for words that may run over several lines.
    let ownWords: StyleID
    /// A cell where people answer Yes.
    let answer: StyleID
    let title: StyleID
    let cover: StyleID
    let heading: StyleID
    let paragraph: StyleID
    /// A line that is no paragraph: it does not wrap.
    let plainLine: StyleID
    let tableHeader: StyleID
    let tableCell: StyleID
    let tableTitle: StyleID
    /// A whole number in a table.
    let tableNumber: StyleID

    init<Sink: ByteSink>(_ book: borrowing WorkbookWriter<Sink>) {
        requiredHeader = book.style(Self.header(.required))
        optionalHeader = book.style(Self.header(.optional))
        ownHeader = book.style(Self.header(.own))
        data = book.style(.text)
        own = book.style(Self.ownCell)
        ownText = book.style(Self.ownCell.with { $0.numberFormat = "@" })
        ownWords = book.style(Self.ownCell.with { $0.wrapsText = true })
        answer = book.style(Self.answerCell)
        title = book.style(Self.letters(size: 18, color: Self.ink))
        cover = book.style(Self.letters(size: 13, color: Self.ink))
        heading = book.style(Self.letters(size: 13, color: Self.ink))
        paragraph = book.style(Self.wrapped)
        plainLine = book.style(.text)
        tableHeader = book.style(Self.header(.optional).with { $0.font.isBold = true })
        tableCell = book.style(Self.wrapped.with(Self.line))
        tableTitle = book.style(
            Self.wrapped.with { style in
                style.font.isBold = true
                Self.line(&style)
            })
        tableNumber = book.style(
            Self.wrapped.with { style in
                style.numberFormat = "0"
                Self.line(&style)
            })
    }

    /// The look of a cell that is at fault, whatever its number format.
    static func fault(numberFormat: String) -> CellStyle {
        CellStyle.plain.with { style in
            style.numberFormat = numberFormat
            style.vertical = .top
            style.fill = CellStyle.Color(0xFFC7CE)
            style.border = CellStyle.Border(.thin, CellStyle.Color(0xC00000))
        }
    }

    /// A day in a cell to fill in.
    static let day = CellStyle.text.with { $0.numberFormat = "yyyy-mm-dd" }

    /// What conditional formats change.
    static let rightCheck = CellStyle.plain.with { $0.font.color = CellStyle.Color(0x2E7D32) }
    static let wrongCheck = CellStyle.plain.with { style in
        style.font.isBold = true
        style.font.color = CellStyle.Color(0x9C0006)
        style.fill = CellStyle.Color(0xFFE0E3)
    }
    static let wrongRow = CellStyle.plain.with { $0.fill = CellStyle.Color(0xFFF4D6) }

    private enum HeaderKind { case required, optional, own }

    private static let ink = CellStyle.Color(0x1F3864)

    /// A required column is marked by a star, bold letters and a thick border, not by colour alone.
    private static func header(_ kind: HeaderKind) -> CellStyle {
        CellStyle.plain.with { style in
            style.vertical = .center
            style.wrapsText = true
            switch kind {
            case .required:
                style.numberFormat = "@\" *\""
                style.font.isBold = true
                style.font.color = CellStyle.Color(0xFFFFFF)
                style.fill = ink
                style.border = CellStyle.Border(.thick, CellStyle.Color(0x0B1A33))
            case .optional:
                style.numberFormat = "@"
                style.font.color = ink
                style.fill = CellStyle.Color(0xDCE6F4)
                style.border = CellStyle.Border(.thin, CellStyle.Color(0x8EA9DB))
            case .own:
                style.numberFormat = "@"
                style.font.isItalic = true
                style.font.color = CellStyle.Color(0x404040)
                style.fill = CellStyle.Color(0xE7E6E6)
                style.border = CellStyle.Border(.thin, CellStyle.Color(0xA6A6A6))
            }
        }
    }

    private static let ownCell = CellStyle.plain.with { style in
        style.vertical = .top
        style.font.color = CellStyle.Color(0x404040)
        style.fill = CellStyle.Color(0xF7F7F7)
    }

    private static let answerCell = CellStyle.text.with { style in
        style.vertical = .top
        style.fill = CellStyle.Color(0xFFFBE6)
        style.border = CellStyle.Border(.thin, CellStyle.Color(0xBF9000))
    }

    private static func letters(size: Int, color: CellStyle.Color) -> CellStyle {
        CellStyle.plain.with { style in
            style.font.isBold = true
            style.font.size = size
            style.font.color = color
            style.vertical = .center
        }
    }

    private static let wrapped = CellStyle.text.with { style in
        style.vertical = .top
        style.wrapsText = true
    }

    private static func line(_ style: inout CellStyle) {
        style.border = CellStyle.Border(.thin, CellStyle.Color(0xD0D7E5))
    }
}
