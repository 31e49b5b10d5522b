extension Collection<UInt8> where Index == Int {
    /// Where `signature` stands in these bytes, counted from their start, in ascending order.
    func positions(of signature: UInt32) -> [Int] {
        var positions: [Int] = []
        var window: UInt32 = 0
        let bytes = Array(self)
        var position = 0
        while position < bytes.count {
            window = window >> 8 | UInt32(bytes[position]) << 24
            if window == signature, position >= 3 { positions.append(position - 3) }
            position += 1
        }
        return positions
    }
}
