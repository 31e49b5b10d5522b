/// A country of ISO 3166-1: its codes, its names, and what people write for it.
package struct Country: Hashable, Sendable {
    /// Two capital letters: `DE`.
    package let alpha2: String
    /// Three capital letters: `DEU`.
    package let alpha3: String
    /// Three digits: `276`, `004`.
    package let numeric: String
    /// The usual English name: `Germany`.
    package let english: String
    /// The usual German name: `Deutschland`.
    package let german: String

    /// The usual name in a language, such as `de`; English where there is none of it.
    package func name(in language: String) -> String { language == "de" ? german : english }

    /// All 249, by their two letters.
    package static let all = index.places

    /// The country that a text stands for: two or three letters, or a name, usual or official, in
    /// English or German. Neither case nor accents, hyphens or `and` make a difference.
    ///
    /// Exact only: `UK` and `England` are none; `suggestion` knows what may be meant.
    ///
    /// - Complexity: O(length).
    package static func find(_ text: UnsafeBufferPointer<UInt8>) -> Country? {
        index.place(for: text)
    }

    /// The country that a text stands for.
    package static func find(_ text: String) -> Country? {
        var text = text
        return text.withUTF8 { find($0) }
    }

    /// The country that is probably meant by a text which stands for none: `UK`, or the only one
    /// whose name is near. Codes are near to nothing, so `XK` suggests no country.
    ///
    /// - Parameter isNear: whether two keys differ by no more than a slip.
    /// - Complexity: one call of `isNear` for each known name.
    package static func suggestion(
        for text: String, isNear: ([UInt8], [UInt8]) -> Bool
    ) -> Country? {
        index.suggestion(for: text, isNear: isNear)
    }
}

extension Country {
    private static let index = PlaceIndex(entries())

    /// The rows of both tables that have the same two letters.
    private static func entries() -> [PlaceIndex<Country>.Entry] {
        let rows = Table.rows(of: "iso3166.tab").filter { $0.count == 2 }
        let usual = Dictionary(rows.map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first })
        return Table.rows(of: "countries.tsv").compactMap { row in
            guard row.count >= 5, let name = usual[row[0]] else { return nil }
            let country = Country(
                alpha2: row[0], alpha3: row[1], numeric: row[2],
                english: row[3] == "=" ? name : row[3], german: row[4])
            return PlaceIndex.Entry(
                place: country, codes: [country.alpha2, country.alpha3],
                names: [country.english, country.german, name], others: row.dropFirst(5).first)
        }
    }
}
