/// The rungs of `Sources/README.md`: a room names lower rungs only.
enum Ladder {
    static let rungs: [String: Int] = [
        "CZlib": 0, "CLibXML2": 0, "CProcess": 0, "Threads": 0, "Embedding": 0,
        "Zip": 1, "XML": 1, "Spreadsheet": 1, "JSON": 1, "Catalogue": 1, "Countries": 1,
        "XLSX": 2, "Portals": 2,
        "Validation": 3,
        "Reports": 4, "Provisioning": 4,
        "Gate": 5, "Ledger": 5,
        "Workers": 6, "Imports": 6,
        "Server": 7,
        "rowgate": 8,
    ]

    /// Build tools, beside the ladder: nothing that ships imports them.
    static let tools: Set<String> = ["EmbedText", "EmbedTextPlugin"]

    /// Each C module's one importer, and each library's few.
    static let walls: [String: Set<String>] = [
        "CZlib": ["Zip"],
        "CLibXML2": ["XML"],
        "CProcess": ["Workers", "rowgate"],
        "Yams": ["Portals", "EmbedText"],
        "Crypto": ["Provisioning", "Gate", "Ledger", "Server"],
        "CryptoExtras": ["Server"],
        "Hummingbird": ["Server"],
        "Mustache": ["Server"],
        "NIOCore": ["Server"],
        "GRDB": ["Ledger"],
        "GRDBSQLite": ["Ledger"],
        "ArgumentParser": ["rowgate"],
    ]

    /// Rooms that end what takes too long, and so know how long something takes.
    static let roomsWithDeadlines: Set<String> = ["Workers", "Server"]

    /// Where Foundation may be used; in `Validation` for the normal forms of Unicode only.
    static let foldersWithFoundation = [
        "Sources/Gate/", "Sources/rowgate/", "Sources/Server/",
        "Sources/EmbedText/", "Sources/EmbedTextPlugin/",
        "Sources/Validation/Text/",
    ]

    /// True when `room` may name `other`; true for modules that are none of ours.
    static func room(_ room: String, mayImport other: String) -> Bool {
        guard let own = rungs[room], let others = rungs[other] else { return true }
        return others < own
    }
}
