import Ledger
import Portals

/// A page of records as a table: what each is called and says, how far it is, where it is from.
struct RecordsTable {
    let view: RecordSheet
    let page: RecordPage
    let families: [RecordFamily]

    var values: PageValues {
        let live = counted.compactMap { view.fieldCounting(families[$0]) }
        let columns = view.columns(of: page.entries).filter { !live.contains($0) }
        let titles =
            columns.map(view.title(ofField:)) + counted.map { title(of: families[$0]) }
        return [
            "columns": titles,
            "nameTitle": view.sheet.key.compactMap(view.sheet.fieldIndex)
                .map(view.title(ofField:)).joined(separator: " / "),
            "rows": page.entries.map { row($0, columns) }, "hasRows": !page.entries.isEmpty,
        ]
    }

    /// Families that somebody counts.
    private var counted: [Int] {
        families.indices.filter { family in
            page.entries.contains { $0.childCounts[family] != nil }
        }
    }

    private func title(of family: RecordFamily) -> String {
        view.fieldCounting(family).map(view.title(ofField:))
            ?? view.definition.sheets[family.sheet].title.text(in: view.texts.language)
    }

    private func row(_ entry: RecordEntry, _ columns: [Int]) -> PageValues {
        let told = columns.map { field -> PageValues in
            [
                "label": view.title(ofField: field),
                "text": Self.short(view.shown(entry.values, field)),
            ]
        }
        let counts = counted.map { family -> PageValues in
            [
                "label": title(of: families[family]),
                "text": entry.childCounts[family].map(view.texts.number) ?? "",
            ]
        }
        let name = view.name(of: entry.values)
        var values: PageValues = [
            "name": name.isEmpty ? entry.id : name, "href": "\(view.path)/\(entry.id)",
            "cells": told + counts,
        ]
        if entry.standing.isKnown, let address = view.portalAddress(of: entry.values) {
            values["portalHref"] = address
            values["portalText"] = view.texts(
                "records.open_in_portal", ["portal": view.definition.title])
        }
        return values.merging(view.standing(entry.standing)) { own, _ in own }
            .merging(view.origin(entry.origin)) { own, _ in own }
    }

    /// Of a long text as much as a table has room for.
    private static func short(_ text: String) -> String {
        let most = SiteLimits.cellLengthMax
        return text.count > most ? "\(text.prefix(most - 1))…" : text
    }
}
