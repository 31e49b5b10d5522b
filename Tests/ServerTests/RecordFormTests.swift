import Portals
import Testing

@testable import Ledger
@testable import Server

/// A form becomes a row of a workbook.
@Suite struct RecordFormTests {
    private static func view(_ sheet: Int, language: String = "en") throws -> RecordSheet {
        let definition = try Definitions.decode(yaml: yaml, file: "form.yaml")
        return RecordSheet(
            definition: definition, sheet: definition.sheets[sheet],
            texts: PageTexts.of(language))
    }

    private static let yaml = """
        portal: bench
        version: 1
        title: Work Bench
        sheets:
          - id: companies
            title: {en: Companies, de: Firmen}
            entity: company
            noun: {en: company, de: Firma}
            key: [name]
            actions: [Create, Update, Delete]
            fields:
              - {id: name, title: {en: Name, de: Firmenname}, type: text, rules: [{rule: required}]}
              - id: kind
                title: Kind
                type: choice
                choices:
                  - {value: small, title: {en: Small, de: Klein}}
                  - {value: small, title: {en: Tiny, de: Winzig}}
                  - {value: large, title: {en: Large, de: Groß}}
              - {id: note, title: Note, type: text, lines: true}
              - {id: made, title: Made, type: date, rules: [{rule: readOnly}]}
          - id: links
            title: Links
            entity: link
            key: [company]
            actions: [Link, Unlink]
            blank: Link
            fields:
              - id: company
                title: Company
                type: text
                rules: [{rule: required}, {rule: references, sheet: companies}]
        operations: []
        """

    private static let acme = RecordEntry(
        id: "ABC", values: ["Acme", "small", "old note", nil], standing: .there,
        origin: RecordOrigin(
            attempt: UploadID(number: 1, attempt: 1), workbookName: "a.xlsx", rowNumber: 2,
            stamp: Stamp(actor: "ann", time: "2026-03-02T10:00:00Z"), upload: nil,
            isAdopted: false),
        childCounts: [])

    private static func cells(_ row: RecordRow?) -> [String] {
        row?.cells.sorted { $0.field < $1.field }.map { "\($0.field) \($0.text)" } ?? []
    }

    @Test func `something new has what was filled in`() throws {
        let form = RecordForm(view: try Self.view(0), action: .create, record: nil)
        let row = form.row(Form("field.name=Acme+%26+Co&field.note=a%0D%0Ab"))
        #expect(Self.cells(row) == ["0 Acme & Co", "1 ", "2 a\nb"])
        #expect(row?.action == .create && row?.id == nil)
        #expect(form.row(Form("field.name=+&field.note=")) == nil)
        #expect(form.fileName(Form("field.name=a%2Fb:c")) == "Create new company – abc.xlsx")
    }

    @Test func `a change says all anew, and clears what was emptied`() throws {
        let form = RecordForm(view: try Self.view(0), action: .update, record: Self.acme)
        let row = form.row(Form("field.name=Other&field.kind=Large&field.note="))
        // Nobody renames it, and the portal tells when it was made.
        #expect(Self.cells(row) == ["0 Acme", "1 Large", "2 (clear)"])
        #expect(row?.action == .update && row?.id == "ABC")
    }

    @Test func `what asks for no values names what it is about`() throws {
        let form = RecordForm(view: try Self.view(0), action: .delete, record: Self.acme)
        #expect(form.editable.isEmpty)
        let row = form.row(Form(""))
        #expect(Self.cells(row) == ["0 Acme"])
        #expect(row?.action == .delete && row?.id == "ABC")
        #expect(form.values(nil)["title"] as? String == "Delete: Acme")
        #expect(form.fileName(Form("")) == "Delete – Acme.xlsx")
    }

    @Test func `fields have the words of the language, and what was said before`() throws {
        var form = RecordForm(
            view: try Self.view(0, language: "de"), action: .update, record: Self.acme)
        form.choices[1] = try FieldChoices.of(1, form.view, []) { _ in [] }
        let fields = form.values(nil)["fields"] as? [PageValues] ?? []
        #expect(fields.compactMap { $0["value"] as? String } == ["Klein", "old note"])
        let options = fields.first?["options"] as? [PageValues] ?? []
        #expect(options.compactMap { $0["text"] as? String } == ["", "Klein", "Groß"])
        #expect(options.map { $0["isChosen"] as? Bool } == [false, true, false])
    }

    @Test func `sheets say what may be asked for`() throws {
        let companies = try Self.view(0)
        #expect(companies.firstActions == [.create])
        #expect(companies.laterActions == [.update, .delete])
        let links = try Self.view(1)
        #expect(links.firstActions == [.link, .unlink])
        #expect(links.laterActions == [.link, .unlink])
        #expect(links.newPath(.unlink) == "/portals/bench/records/links/new?action=unlink")
        let unlink = RecordForm(view: links, action: .unlink, record: nil).values(nil)
        let fields = unlink["fields"] as? [PageValues] ?? []
        #expect(fields.map { $0["isRequired"] as? Bool } == [false])
    }

    @Test func `the row is a workbook`() throws {
        let form = RecordForm(view: try Self.view(0), action: .create, record: nil)
        let row = try #require(form.row(Form("field.name=Acme")))
        #expect(try row.workbook(title: "Acme").prefix(2) == [0x50, 0x4B])
    }
}
