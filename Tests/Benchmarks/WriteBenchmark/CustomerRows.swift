import XLSX
import Zip

/// The rows that every writer in the comparison writes.
struct CustomerRows {
    private static let titles = [
        "Company Name", "Email Address", "First Name", "Last Name", "Customer Billing Reference",
        "Platform", "Package", "Seats",
    ]
    private static let firstNames = texts("Ada", "Bob", "Chloe", "Dmitri", "Farid")
    private static let packages = texts("Free", "Essentials", "Pro", "Enterprise")
    private static let lastName = Array("Smith".utf8)
    private static let platform = Array("Luminate Wholesale".utf8)

    let count: Int

    func write(to sink: some ByteSink, threadCount: Int) throws {
        var book = try WorkbookWriter(to: sink, threadCount: threadCount)
        try book.addWorksheet(SheetOptions(SheetName("Customers"))) { sheet in
            try sheet.append(Self.titles.map { .text($0) })
            var texts = RowTexts()
            for number in 1...max(1, count) { try Self.write(number, &texts, to: &sheet) }
        }
        _ = try book.finish()
    }

    private static func write(
        _ number: Int, _ texts: inout RowTexts, to sheet: inout WorksheetWriter
    ) throws {
        texts.set(number)
        try sheet.beginRow()
        texts.company.withUnsafeBufferPointer { sheet.text($0) }
        texts.email.withUnsafeBufferPointer { sheet.text($0) }
        firstNames[number % firstNames.count].withUnsafeBufferPointer { sheet.text($0) }
        lastName.withUnsafeBufferPointer { sheet.text($0) }
        texts.company.withUnsafeBufferPointer { sheet.text($0) }
        platform.withUnsafeBufferPointer { sheet.text($0) }
        packages[number % packages.count].withUnsafeBufferPointer { sheet.text($0) }
        sheet.number(Double(number % 500))
        try sheet.endRow()
    }

    private static func texts(_ texts: String...) -> [[UInt8]] { texts.map { Array($0.utf8) } }
}

/// The texts that are different in every row.
private struct RowTexts {
    var company: [UInt8] = []
    var email: [UInt8] = []

    /// `customer0000017.uk.service`, `admin17@customer0000017.example.com`
    mutating func set(_ number: Int) {
        let digits = String(number).utf8
        company.removeAll(keepingCapacity: true)
        company += "customer".utf8
        for _ in digits.count..<max(7, digits.count) { company.append(UInt8(ascii: "0")) }
        company += digits
        email.removeAll(keepingCapacity: true)
        email += "admin".utf8
        email += digits
        email.append(UInt8(ascii: "@"))
        email += company
        email += ".example.com".utf8
        company += ".uk.service".utf8
    }
}
