import Foundation

/// Debian's package iso-codes, where it is installed: what others know of countries.
enum IsoCodes {
    struct Country: Decodable {
        var alpha_2: String
        var alpha_3: String
        var numeric: String
        var name: String
        var official_name: String?
        var common_name: String?

        var names: [String] { [name, official_name, common_name].compactMap { $0 } }
    }

    struct Subdivision: Decodable {
        var code: String
        var name: String
    }

    private static let folder = URL(filePath: "/usr/share/iso-codes/json")
    private static let german = URL(
        filePath: "/usr/share/locale/de/LC_MESSAGES/iso_3166-1.mo")

    static let isInstalled =
        FileManager.default.fileExists(atPath: folder.path)
        && FileManager.default.fileExists(atPath: german.path)

    static func countries() throws -> [Country] { try list("iso_3166-1.json", key: "3166-1") }

    static func subdivisions() throws -> [Subdivision] {
        try list("iso_3166-2.json", key: "3166-2")
    }

    private static func list<Item: Decodable>(_ file: String, key: String) throws -> [Item] {
        let data = try Data(contentsOf: folder.appending(path: file))
        return try JSONDecoder().decode([String: [Item]].self, from: data)[key] ?? []
    }

    /// German names by the English ones: a catalogue of GNU gettext (manual, "The Format of GNU MO
    /// Files").
    static func germanNames() throws -> [String: String] {
        let data = try Data(contentsOf: german)
        func number(_ offset: Int) -> Int {
            Int(data.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: UInt32.self) })
        }
        func text(_ entry: Int) -> String {
            let start = number(entry + 4)
            return String(decoding: data[start..<(start + number(entry))], as: UTF8.self)
        }
        let (count, originals, translations) = (number(8), number(12), number(16))
        let pairs = (0..<count).map { (text(originals + 8 * $0), text(translations + 8 * $0)) }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }
}
