import Portals

/// The settings of a portal as the fields of a form.
struct SettingsForm {
    /// Something that is not taken, and where it was typed.
    struct Problem: Equatable {
        /// The name of the field: `packages[1].price`.
        let place: String
        /// What people call it; empty for what is wrong with all.
        var title = ""
        let text: String
    }

    let definition: Definition
    /// What holds now.
    let settings: Settings
    let texts: PageTexts
    /// Days for which the site keeps what was uploaded: nobody can keep it for longer.
    private let keptDayCountMax: Int
    /// By name; what is not among it has no place in fields and stays as it is.
    private var inputs: [String: SettingInput] = [:]
    private(set) var problems: [Problem] = []

    /// What holds now.
    init(
        _ definition: Definition, _ settings: Settings, _ texts: PageTexts, keptDayCountMax: Int
    ) {
        self.keptDayCountMax = keptDayCountMax
        self.definition = definition
        self.settings = settings
        self.texts = texts
        for field in fields {
            inputs[field.id] = settings[field.id].flatMap { SettingInput(field, $0) }
        }
    }

    /// What somebody typed, in the place of what holds now.
    mutating func take(_ form: Form) {
        for field in fields where inputs[field.id] != nil {
            inputs[field.id] = SettingInput(field, form)
        }
        problems = fields.flatMap(problems(with:))
    }

    mutating func add(_ problem: Problem) { problems.append(problem) }

    /// What was typed, as settings; only once there is no problem.
    func typed() throws(DefinitionError) -> Settings {
        var typed = definition.settings
        for field in fields {
            let value = inputs[field.id].map { self.value(of: field, $0) } ?? settings[field.id]
            if let value { typed = try typed.changed(field.id, to: value) }
        }
        return typed
    }

    // MARK: - What there is

    /// Described ones first, then those without words, then those that every portal has.
    private var fields: [SettingField] {
        let described = definition.settings.fields
        let others = definition.settings.members.filter { member in
            ![Settings.addedColumns, Settings.keptDays].contains(member.name)
                && !described.contains { $0.id == member.name }
        }
        return described + others.map(SettingField.init(_:)) + [columns, keptDays]
    }

    private var keptDays: SettingField {
        SettingField(
            Settings.keptDays, title: LocalizedText(texts("settings.days")),
            prompt: LocalizedText(texts("settings.days_hint", ["count": keptDayCountMax])),
            kind: .integer)
    }

    private var columns: SettingField {
        func field(
            _ id: String, _ kind: SettingField.Kind = .text, isRequired: Bool = false,
            choices: [Choice] = []
        ) -> SettingField {
            SettingField(
                id, title: LocalizedText(texts("settings.column_\(id)")), kind: kind,
                isRequired: isRequired, choices: choices)
        }
        let types = FieldType.allCases.filter { $0 != .choice }.map {
            Choice(value: $0.rawValue, title: LocalizedText(texts("settings.type_\($0)")))
        }
        return SettingField(
            Settings.addedColumns, title: LocalizedText(texts("settings.columns")),
            prompt: LocalizedText(texts("settings.columns_hint")),
            fields: [
                field(
                    "sheet", isRequired: true,
                    choices: definition.sheets.map { Choice(value: $0.id, title: $0.title) }),
                field("header", isRequired: true), field("type", choices: types),
                field("required", .boolean), field("length", .integer),
            ])
    }

    /// Whether it is said with a tick.
    private func isCheck(_ field: SettingField) -> Bool {
        field.fields.isEmpty && !field.isList && definition.settings[field.id]?.boolean != nil
    }

    private func value(of field: SettingField, _ input: SettingInput) -> Value {
        if isCheck(field) { return .boolean(input == .one("true")) }
        return input.value(of: field)
    }

    // MARK: - What is wrong

    /// What reading a settings file would say of it. Of a table each row is looked at by itself, so
    /// that all is told at once.
    private func problems(with field: SettingField) -> [Problem] {
        guard let input = inputs[field.id] else { return [] }
        let value = value(of: field, input)
        var problems: [Problem] = []
        if !field.fields.isEmpty, let rows = value.list {
            for (index, row) in rows.enumerated() {
                guard let error = error(with: field, .list([row])) else { continue }
                problems.append(problem(error, field, row: index))
            }
            if !problems.isEmpty { return problems }
        }
        if let error = error(with: field, value) {
            problems.append(problem(error, field))
        } else if field.id == Settings.keptDays, let days = value.integer,
            !(1...keptDayCountMax).contains(days)
        {
            problems.append(
                Problem(
                    place: field.id, title: title(of: field),
                    text: texts("settings.wrong_days", ["count": keptDayCountMax])))
        }
        return problems
    }

    private func error(with field: SettingField, _ value: Value) -> DefinitionError? {
        do throws(DefinitionError) {
            let changed = try definition.settings.changed(field.id, to: value)
            if field.id == Settings.addedColumns {
                _ = try definition.adding(columnsOf: changed)
            }
            return nil
        } catch {
            return error
        }
    }

    /// - Parameter row: of a table, the one that was looked at.
    private func problem(
        _ error: DefinitionError, _ field: SettingField, row: Int? = nil
    ) -> Problem {
        let isTaken = error.code == DefinitionFault.aliasAmbiguous.rawValue
        let inner = field.fields.first {
            isTaken ? $0.id == "header" : "\(error.path)[".contains("].\($0.id)[")
        }
        // A row as a whole is told at its first field.
        let own = inner ?? field.fields.first ?? field
        let rowNumber = row ?? (field.fields.isEmpty ? nil : 0)
        let place = rowNumber.map { "\(field.id)[\($0)].\(own.id)" } ?? field.id
        let key =
            switch error.code {
            case DefinitionFault.keyMissing.rawValue: "missing"
            case _ where isTaken: "header_taken"
            default: own.choices.isEmpty ? "wrong_\(own.kind)" : "missing"
            }
        var titles = [title(of: field)]
        if let rowNumber {
            titles += [texts("settings.row", ["number": rowNumber + 1]), title(of: own)]
        }
        return Problem(
            place: place, title: titles.joined(separator: ", "),
            text: texts("settings.\(key)", ["found": error.found]))
    }

    // MARK: - The page

    var values: [PageValues] { fields.map(values(of:)) }

    private func values(of field: SettingField) -> PageValues {
        var values: PageValues = [
            "id": Self.id(field.id), "name": field.id, "title": title(of: field),
        ]
        if let prompt = field.prompt?.text(in: texts.language) { values["prompt"] = prompt }
        switch inputs[field.id] {
        case nil: values["isKept"] = true
        case .rows(let rows):
            values["isTable"] = true
            values["columns"] = field.fields.map { ["title": title(of: $0)] as PageValues }
            let all =
                rows
                + Array(
                    repeating: field.fields.map { _ in "" }, count: SettingInput.emptyRowCount)
            values["rowCount"] = "\(all.count)"
            values["rows"] = all.enumerated().map { index, row in
                self.row(field, index, row, isNew: index >= rows.count)
            }
        case .one(let text):
            values.merge(cell(field, named: field.id, text)) { $1 }
            if isCheck(field) {
                values["isCheck"] = true
                values["isChecked"] = text == "true"
            } else if field.isList {
                values["isLines"] = true
            } else {
                values["isOne"] = true
            }
        }
        return values
    }

    private func row(
        _ field: SettingField, _ index: Int, _ row: [String], isNew: Bool
    ) -> PageValues {
        let place = "\(field.id)[\(index)]"
        let number = texts(isNew ? "settings.row_new" : "settings.row", ["number": index + 1])
        var values: PageValues = [
            "cells": zip(field.fields, row).map { field, text in
                var values = cell(field, named: "\(place).\(field.id)", text)
                values["label"] = "\(title(of: field)), \(number)"
                return values
            }
        ]
        if !isNew {
            values["removeName"] = "\(place).remove"
            values["removeLabel"] = texts("settings.remove_row", ["name": row.first ?? ""])
        }
        return values
    }

    /// One thing to fill in.
    private func cell(_ field: SettingField, named name: String, _ text: String) -> PageValues {
        var values: PageValues = [
            "id": Self.id(name), "name": name, "title": title(of: field), "value": text,
        ]
        let problem = problems.first { $0.place == name }
        values["error"] = problem?.text
        // Of a table the column has no words of its own.
        let hasHint = field.prompt != nil && name == field.id
        values["describedBy"] = Self.describedBy(Self.id(name), hasHint, problem != nil)
        var words = field.choices.map { ($0.value, $0.title.text(in: texts.language)) }
        if field.kind == .boolean {
            words = [("true", texts("settings.yes")), ("false", texts("settings.no"))]
        }
        if !words.isEmpty {
            values["isSelect"] = true
            let isKnown = text.isEmpty || words.contains { $0.0 == text }
            values["options"] = ([("", "")] + words + (isKnown ? [] : [(text, text)])).map {
                ["value": $0.0, "text": $0.1, "isChosen": $0.0 == text] as PageValues
            }
        } else {
            values["isInput"] = true
            switch field.kind {
            case .integer: values["mode"] = "numeric"
            case .decimal: values["mode"] = "decimal"
            case .date: values["type"] = "date"
            case .address: values["mode"] = "url"
            case .text, .boolean: break
            }
        }
        return values
    }

    /// The ids of what is said beside a field; nil where nothing is.
    static func describedBy(_ id: String, _ hasHint: Bool, _ hasError: Bool) -> String? {
        let ids = (hasHint ? ["\(id)-hint"] : []) + (hasError ? ["\(id)-error"] : [])
        return ids.isEmpty ? nil : ids.joined(separator: " ")
    }

    /// What is wrong, each leading to its field.
    var summary: [PageValues] {
        problems.map { problem in
            let isOfAll = problem.place.isEmpty
            return [
                "href": isOfAll ? "#content" : "#\(Self.id(problem.place))",
                "text": isOfAll ? problem.text : "\(problem.title): \(problem.text)",
            ]
        }
    }

    private func title(of field: SettingField) -> String { field.title.text(in: texts.language) }

    /// `packages[1].price` as `packages-1-price`.
    private static func id(_ name: String) -> String {
        name.replacing("].", with: "-").replacing("[", with: "-").replacing("]", with: "")
            .replacing(".", with: "-")
    }
}
