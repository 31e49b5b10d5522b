import Foundation
import Ledger
import Portals

/// Which form an upload came from, kept beside its workbook: it leads back to what it is about.
struct FormOrigin: Codable, Sendable {
    let sheet: String
    /// The record that it changes; nil for something new.
    let record: String?

    private static func path(in folder: String) -> String { "\(folder)/form.json" }

    /// Nil where the upload is a workbook of somebody's own.
    init?(in folder: String) throws {
        guard let bytes = FileManager.default.contents(atPath: Self.path(in: folder)) else {
            return nil
        }
        self = try JSONDecoder().decode(Self.self, from: bytes)
    }

    init(_ form: RecordForm) {
        sheet = form.view.sheet.id
        record = form.record?.id
    }

    func keep(in folder: String) throws {
        try JSONEncoder().encode(self).write(to: URL(filePath: Self.path(in: folder)))
    }
}

extension Site {
    /// What leads from an upload back to what its form was about, or to the list where that is not
    /// there yet or any more; nil for a workbook of somebody's own.
    func wayBack(from upload: SiteUpload, _ texts: PageTexts) async throws -> PageValues? {
        guard let origin = try FormOrigin(in: configuration.uploadFolder(upload.id)) else {
            return nil
        }
        let definition = try await definition(upload.portal, for: upload.reseller)
        guard let sheet = definition.sheets.first(where: { $0.id == origin.sheet }) else {
            return nil
        }
        let view = RecordSheet(definition: definition, sheet: sheet, texts: texts)
        let scope = LedgerScope(reseller: upload.reseller, portal: upload.portal)
        let record = try await Blocking.run { [ledger] () -> RecordEntry? in
            if let id = origin.record {
                return try ledger.record(id, ofSheet: sheet, of: definition, in: scope)
            }
            guard sheet.isRemembered, upload.state == .accepted else { return nil }
            return try ledger.records(RecordQuery(sheet), of: definition, in: scope)
                .entries.first { $0.origin.upload == upload.id }
        }
        let name = record.map { view.name(of: $0.values) } ?? view.title
        let path = record.map { "\(view.path)/\($0.id)" } ?? view.path
        return [
            "href": "\(path)?from=\(upload.id)", "name": name,
            "text": texts("upload.back_to", ["name": name]),
        ]
    }

    /// What became of the form that somebody comes back from; nil for who comes from elsewhere.
    func formNotice(
        _ query: Form, _ account: Account, _ texts: PageTexts
    ) async throws -> PageValues? {
        if query["from"].isEmpty { return nil }
        let found = try await Blocking.run { [ledger] in
            try ledger.upload(query["from"], of: account.reseller)
        }
        guard let found else { return nil }
        let name = found.workbookName.replacing(#/\.xlsx$/#, with: "")
        switch found.state {
        case .accepted:
            let number = found.attempt.map { "\($0)" } ?? ""
            return [
                "text": texts("notice.form_accepted", ["name": name, "number": number]),
                "href": "/batches/\(number)", "linkText": texts("waiting.steps_action"),
            ]
        case .judged, .waiting, .checking:
            return [
                "text": texts("notice.form_open", ["name": name]),
                "href": "/uploads/\(found.id)", "linkText": texts("waiting.approve_action"),
            ]
        case .accepting, .failed, .cancelled: return nil
        }
    }
}
