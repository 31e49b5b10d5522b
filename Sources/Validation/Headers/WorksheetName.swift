package import Portals

/// Names of worksheets, as far as they mean something.
package enum WorksheetName {
    /// The first worksheet that is called by one of a sheet's titles, else by one of its aliases.
    package static func position(of sheet: SheetDefinition, among names: [String]) -> Int? {
        names.firstIndex { isOne(of: sheet.title.all, $0) }
            ?? names.firstIndex { isOne(of: sheet.aliases, $0) }
    }

    /// The sheet that a worksheet's name means.
    package static func sheet(called name: String, in definition: Definition) -> SheetDefinition? {
        definition.sheets.first { isOne(of: $0.title.all, name) }
            ?? definition.sheets.first { isOne(of: $0.aliases, name) }
    }

    /// Whether a worksheet's name is one of some titles, alone or before " - " (Numbers writes
    /// "Customers - Table 1").
    private static func isOne(of titles: [String], _ name: String) -> Bool {
        let key = NameKey.bytes(of: name)
        return titles.contains { title in
            let title = NameKey.bytes(of: title)
            return key == title || key.starts(with: title + Array(" - ".utf8))
        }
    }

    package static func isOwn(_ name: String) -> Bool {
        let key = NameKey.bytes(of: name)
        return OwnSheet.allCases.contains { sheet in
            sheet.title.all.contains { NameKey.bytes(of: $0) == key }
        }
    }
}
