import Foundation
import Portals

/// What stands in the fields of one setting, as text: shown and typed alike.
enum SettingInput: Equatable {
    case one(String)
    /// Of a list of tables: a row each, a text for each of the field's own.
    case rows([[String]])

    /// Rows to add that a table ends with.
    static let emptyRowCount = 2

    /// What is shown of a value; nil for one that has no place in fields.
    init?(_ field: SettingField, _ value: Value) {
        guard !field.fields.isEmpty else {
            guard let text = field.text(of: value, separator: "\n") else { return nil }
            self = .one(text)
            return
        }
        guard let members = value.list else { return nil }
        var rows: [[String]] = []
        for member in members {
            guard case .table(let cells) = member,
                cells.allSatisfy({ cell in field.fields.contains { $0.id == cell.name } })
            else { return nil }
            let row = field.fields.map { $0.text(of: member[$0.id] ?? .null, separator: ", ") }
            guard row.allSatisfy({ $0 != nil }) else { return nil }
            rows.append(row.compactMap(\.self))
        }
        self = .rows(rows)
    }

    /// What somebody typed. Rows that are blank or taken out are not among it.
    init(_ field: SettingField, _ form: Form) {
        guard !field.fields.isEmpty else {
            self = .one(form[field.id].trimmed)
            return
        }
        let count = min(Int(form["\(field.id).rows"]) ?? 0, SiteLimits.settingRowCountMax)
        self = .rows(
            (0..<max(0, count)).compactMap { index in
                let place = "\(field.id)[\(index)]"
                let row = field.fields.map { form["\(place).\($0.id)"].trimmed }
                let isOut = form["\(place).remove"] == "yes" || row.allSatisfy(\.isEmpty)
                return isOut ? nil : row
            })
    }

    /// The value that the texts mean; it may be none that is taken.
    func value(of field: SettingField) -> Value {
        switch self {
        case .one(let text):
            return field.value(ofText: text, separator: "\n")
        case .rows(let rows):
            return .list(
                rows.map { row in
                    .table(
                        zip(field.fields, row).compactMap { field, text in
                            text.isEmpty
                                ? nil
                                : .init(field.id, field.value(ofText: text, separator: ","))
                        })
                })
        }
    }
}

extension SettingField {
    fileprivate func text(of value: Value, separator: String) -> String? {
        guard isList else { return value == .null ? "" : value.text }
        let members = value.list ?? (value == .null ? [] : [value])
        let texts = members.compactMap(\.text)
        return texts.count == members.count ? texts.joined(separator: separator) : nil
    }

    fileprivate func value(ofText text: String, separator: Character) -> Value {
        guard isList else { return value(of: plain(text)) }
        return .list(
            text.split { $0 == separator || $0.isNewline }.map { String($0).trimmed }
                .filter { !$0.isEmpty }.map { value(of: plain($0)) })
    }

    /// People write prices with a comma, too; what could be thousands is left as it is.
    private func plain(_ text: String) -> String {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let isPrice =
            kind == .decimal && parts.count == 2 && !text.contains(".")
            && 1...2 ~= (parts.last?.count ?? 0)
        return isPrice ? parts.joined(separator: ".") : text
    }
}
