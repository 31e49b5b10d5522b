import Testing

@testable import Zip

@Suite struct Crc32Tests {
    @Test func `the sum of the digits is the one of the standard`() {
        #expect(Crc32.of(Array("123456789".utf8)) == 0xCBF4_3926)
        #expect(Crc32.of([]) == 0)
    }

    @Test func `pieces and nothing in between give the same sum`() {
        var crc = Crc32()
        for piece in ["1234", "", "56789"] { Array(piece.utf8).withUnsafeBytes { crc.add($0) } }
        crc.add(UnsafeRawBufferPointer(start: nil, count: 0))
        #expect(crc.value == 0xCBF4_3926)
    }
}
