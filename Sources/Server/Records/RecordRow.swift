import Portals
import Validation
import XLSX
import Zip

/// A workbook of one row, in the shape of the sheet's template: what a form sends is judged as what
/// anybody uploads.
struct RecordRow {
    let view: RecordSheet
    /// What exports call the record by; nil for something new.
    let id: String?
    var action = Action.create
    /// By field.
    var cells: [(field: Int, text: String)] = []

    /// - Throws: `WorkbookWriterError`.
    func workbook(title: String) throws -> [UInt8] {
        var book = try WorkbookWriter(to: MemorySink(), title: title)
        let (header, text) = (book.style(.header), book.style(.text))
        let columns = self.columns
        let options = SheetOptions(try SheetName(view.title)) { options in
            options.columns = columns.map {
                ColumnOptions(width: 28, isHidden: $0.isHidden, style: text)
            }
            options.frozenRowCount = 1
        }
        try book.addWorksheet(options) { sheet in
            try sheet.append(columns.map { .text($0.title) }, style: header)
            try sheet.append(columns.map { .text($0.text) }, style: text)
        }
        try writeMeta(to: &book, text)
        return try book.finish().bytes
    }

    private var columns: [(title: String, text: String, isHidden: Bool)] {
        let language = view.texts.language
        var columns = view.sheet.fields.indices.map { field in
            (
                title: view.title(ofField: field),
                text: cells.first { $0.field == field }?.text ?? "", isHidden: false
            )
        }
        if view.sheet.actions.count > 1 {
            columns.append(
                (OwnColumn.action.title.text(in: language), action.title.text(in: language), false))
        }
        if let id { columns.append((OwnColumn.id.title.text(in: language), id, true)) }
        return columns
    }

    /// What Rowgate reads when the workbook comes.
    private func writeMeta(
        to book: inout WorkbookWriter<MemorySink>, _ style: StyleID
    ) throws {
        let values: [(MetaKey, String)] = [
            (.portal, view.definition.portal), (.version, "\(view.definition.version)"),
            (.language, view.texts.language), (.kind, id == nil ? "template" : "export"),
        ]
        let name = try SheetName(OwnSheet.meta.title.text(in: view.texts.language))
        try book.addWorksheet(SheetOptions(name) { $0.visibility = .veryHidden }) { sheet in
            for (key, value) in values {
                try sheet.append([.text(key.rawValue), .text(value)], style: style)
            }
        }
    }
}
