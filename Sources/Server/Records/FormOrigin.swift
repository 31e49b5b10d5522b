import Foundation
import Ledger
import Portals

/// Which form an upload came from, kept beside its workbook: it leads back to what it is about.
struct FormOrigin: Codable, Sendable {
    /// A record on whose page somebody asked for the form: the company of a new contact.
    struct Parent: Codable, Sendable {
        let sheet, record: String

        /// - Parameter place: as it stands in an address, `companies/7f3a`.
        init?(_ place: String) {
            let parts = place.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 2 else { return nil }
            (sheet, record) = (String(parts[0]), String(parts[1]))
        }
    }

    let sheet: String
    /// The record that it changes; nil for something new.
    let record: String?
    /// Nil where somebody asked for it in the list, or a server of an earlier version kept it.
    let parent: Parent?

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
        parent = form.parent?.place
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
        let parent = try await parent(origin.parent, view, upload.reseller)
        let record = try await Blocking.run { [ledger] () -> RecordEntry? in
            if let id = origin.record {
                return try ledger.record(id, ofSheet: sheet, of: definition, in: scope)
            }
            guard let attempt = upload.attempt else { return nil }
            return try ledger.record(madeBy: attempt, ofSheet: sheet, of: definition, in: scope)
        }
        let (name, path) =
            parent.map { ($0.name, $0.path) }
            ?? record.map { (view.name(of: $0.values), "\(view.path)/\($0.id)") }
            ?? (view.title, view.path)
        return [
            "href": "\(path)?from=\(upload.id)", "name": name,
            "text": texts("upload.back_to", ["name": name]),
        ]
    }

    /// The record on whose page somebody asked for a form; nil for one that is not there.
    func parent(
        _ place: FormOrigin.Parent?, _ view: RecordSheet, _ reseller: String
    ) async throws -> RecordForm.Parent? {
        let sheet = view.definition.sheets.first { $0.id == place?.sheet }
        guard let place, let sheet else { return nil }
        let scope = LedgerScope(reseller: reseller, portal: view.definition.portal)
        let record = try await Blocking.run { [ledger] in
            try ledger.record(place.record, ofSheet: sheet, of: view.definition, in: scope)
        }
        return record.map { RecordForm.Parent(place: place, view: view.other(sheet), record: $0) }
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
