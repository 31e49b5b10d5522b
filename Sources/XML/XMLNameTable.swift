/// Finds tokens by the addresses of names.
///
/// libxml2 keeps every name once, in its dictionary: equal names have equal addresses. So the table
/// is asked with an address, and remembers unknown names to count them. Open addressing; at most a
/// quarter is filled.
final class XMLNameTable {
    private struct Slot {
        var name: UnsafePointer<UInt8>?
        var token: UInt8
    }

    private let slots: UnsafeMutableBufferPointer<Slot>
    private let shift: UInt64
    private var room: Int
    private let unknownMax: Int

    /// - Parameters:
    ///   - knownCount: names that will be inserted with a token.
    ///   - unknownMax: other names that may be seen.
    init(knownCount: Int, unknownMax: Int) {
        var bits = 4
        while 1 << bits < 4 * (knownCount + unknownMax + 1) { bits += 1 }
        slots = .allocate(capacity: 1 << bits)
        slots.initialize(repeating: Slot(name: nil, token: XMLVocabulary.unknown))
        shift = UInt64(64 - bits)
        room = unknownMax
        self.unknownMax = unknownMax
    }

    /// How many unknown names were seen.
    var unknownCount: Int { unknownMax - room }

    deinit { slots.deallocate() }

    func insert(_ name: UnsafePointer<UInt8>, token: UInt8) {
        slots[place(of: name)] = Slot(name: name, token: token)
    }

    /// The token of a name; nil when it is one unknown name too many.
    @inline(__always)
    func token(of name: UnsafePointer<UInt8>) -> UInt8? {
        let index = place(of: name)
        if slots[index].name == name { return slots[index].token }
        guard room > 0 else { return nil }
        room -= 1
        slots[index].name = name
        return XMLVocabulary.unknown
    }

    /// Where the name is, or would be.
    @inline(__always)
    private func place(of name: UnsafePointer<UInt8>) -> Int {
        let mixed = UInt64(UInt(bitPattern: name)) &* 0x9E37_79B9_7F4A_7C15
        var index = Int(truncatingIfNeeded: mixed >> shift)
        while let other = slots[index].name, other != name {
            index = (index + 1) & (slots.count - 1)
        }
        return index
    }
}
