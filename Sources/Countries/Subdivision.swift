/// A state of the USA or a province of Canada, as addresses there have it.
package struct Subdivision: Hashable, Sendable {
    /// Two capital letters, unique in the country: `NY`.
    package let code: String
    /// The usual name: `New York`.
    package let name: String
}

extension Country {
    /// Its states or provinces in alphabetic order, military post areas last; empty for every
    /// country but the USA (57) and Canada (13).
    package var subdivisions: [Subdivision] { Self.subdivisions[alpha2]?.places ?? [] }

    /// The state or province of this country that a text stands for: two letters or a name.
    package func subdivision(_ text: UnsafeBufferPointer<UInt8>) -> Subdivision? {
        Self.subdivisions[alpha2]?.place(for: text)
    }

    /// The state or province of this country that a text stands for: two letters or a name.
    package func subdivision(_ text: String) -> Subdivision? {
        var text = text
        return text.withUTF8 { subdivision($0) }
    }

    /// The only state or province whose name is near to a text.
    ///
    /// - Parameter isNear: whether two keys differ by no more than a slip.
    package func subdivisionSuggestion(
        for text: String, isNear: ([UInt8], [UInt8]) -> Bool
    ) -> Subdivision? {
        Self.subdivisions[alpha2]?.suggestion(for: text, isNear: isNear)
    }

    private static let subdivisions: [String: PlaceIndex<Subdivision>] = {
        let rows = Table.rows(of: "subdivisions.tsv").filter { $0.count >= 3 }
        return Dictionary(grouping: rows, by: { $0[0] }).mapValues { rows in
            PlaceIndex(
                rows.map { row in
                    PlaceIndex.Entry(
                        place: Subdivision(code: row[1], name: row[2]), codes: [row[1]],
                        names: [row[2]], others: row.dropFirst(3).first)
                })
        }
    }()
}
