import Spreadsheet

/// Finds texts that were stored lately, so that columns of few values take few texts.
///
/// One place for each of a few hash values: a text that is not found is stored once more, which
/// costs memory and nothing else.
struct RecentTexts {
    private static let placeCount = 4_096

    /// The ids of the texts, one more than they are; 0 for none.
    private var places = [UInt32](repeating: 0, count: placeCount)

    /// The id of a text, stored before or now; nil when the table is full.
    mutating func id(
        of text: UnsafeBufferPointer<UInt8>, in texts: inout TextTable
    ) -> UInt32? {
        let place = Self.place(of: text)
        if places[place] != 0 {
            let id = places[place] - 1
            if texts.withBytes(of: id, { $0.elementsEqual(text) }) { return id }
        }
        guard let id = texts.append(text), id < .max else { return nil }
        places[place] = id + 1
        return id
    }

    /// FNV-1a, folded.
    private static func place(of text: UnsafeBufferPointer<UInt8>) -> Int {
        var hash: UInt32 = 0x811C_9DC5
        for byte in text { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        return Int((hash ^ hash >> 15) & UInt32(placeCount - 1))
    }
}
