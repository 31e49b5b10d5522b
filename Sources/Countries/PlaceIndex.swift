/// Places by what people write for them.
struct PlaceIndex<Place: Sendable>: Sendable {
    /// One place, and the texts that stand for it.
    struct Entry {
        var place: Place
        /// Taken in any case, but letter by letter.
        var codes: [String]
        var names: [String]
        /// Further names with semicolons between them; those that end in `?` are only suggested.
        var others: String?
    }

    /// In the order of the entries.
    let places: [Place]
    private var positionsByCode: [[UInt8]: Int] = [:]
    private var positionsByName: [[UInt8]: Int] = [:]
    private var suggestedPositions: [[UInt8]: Int] = [:]

    /// Shortest key, in bytes, of which all but one letter says enough.
    private static var nearSizeMin: Int { 4 }

    init(_ entries: [Entry]) {
        places = entries.map(\.place)
        for (position, entry) in entries.enumerated() {
            for code in entry.codes { positionsByCode[Array(code.utf8)] = position }
            let others = entry.others?.split(separator: ";").map { String($0) } ?? []
            for name in entry.names + others {
                add(name, position)
            }
        }
    }

    private mutating func add(_ name: String, _ position: Int) {
        if name.last == "?" {
            suggestedPositions[PlaceKey.bytes(of: String(name.dropLast()))] = position
        } else {
            for key in PlaceKey.all(of: name) { positionsByName[key] = position }
        }
    }

    /// The place that a text stands for.
    func place(for text: UnsafeBufferPointer<UInt8>) -> Place? {
        guard text.count <= PlaceKey.textSizeMax else { return nil }
        let position =
            PlaceKey.code(text).flatMap { positionsByCode[$0] }
            ?? positionsByName[PlaceKey.bytes(of: String(decoding: text, as: UTF8.self))]
        return position.map { places[$0] }
    }

    /// The place that is suggested for a text, or else the only one with a name near to it.
    func suggestion(for text: String, isNear: ([UInt8], [UInt8]) -> Bool) -> Place? {
        guard text.utf8.count <= PlaceKey.textSizeMax else { return nil }
        let key = PlaceKey.bytes(of: text)
        if let position = suggestedPositions[key] { return places[position] }
        guard key.count >= Self.nearSizeMin else { return nil }
        var near: Set<Int> = []
        for (name, position) in positionsByName
        where name.count >= Self.nearSizeMin && isNear(key, name) {
            near.insert(position)
        }
        guard near.count == 1 else { return nil }
        return near.first.map { places[$0] }
    }
}
