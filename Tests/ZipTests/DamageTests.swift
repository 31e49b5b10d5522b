import Testing

@testable import Zip

/// Good archives broken on purpose: an error, or exactly what was in them; never anything else.
@Suite struct DamageTests {
    /// Between them: every kind of record, field and descriptor.
    private static let samples: [[UInt8]] = {
        var wide = RawZip.sample
        wide.zip64 = .init()
        wide.entries[1].describe(withSignature: true, wide: true)
        wide.entries[0].directory.extra = [0x55, 0x54, 5, 0, 3, 0, 0, 0, 0]
        var reversed = RawZip.sample
        reversed.isReversed = true
        reversed.entries[0].describe(withSignature: false)
        reversed.end.comment = Array("made by hand".utf8)
        return [wide.bytes, reversed.bytes]
    }()

    @Test(arguments: samples)
    func `a file cut anywhere is refused`(bytes: [UInt8]) {
        for count in 0..<bytes.count {
            let cut = Array(bytes[..<count])
            #expect(
                code { () throws(ZipError) in try readAll(cut) } == .truncated, "\(count) bytes")
        }
    }

    @Test(arguments: samples)
    func `a file with one flipped bit gives the same or nothing`(bytes: [UInt8]) throws {
        let whole = try readAll(bytes)
        var accepted = 0
        for bit in 0..<bytes.count * 8 {
            var flipped = bytes
            flipped[bit / 8] ^= 1 << (bit % 8)
            do throws(ZipError) {
                #expect(try readAll(flipped) == whole, "bit \(bit)")
                accepted += 1
            } catch {
                #expect(error.code.rawValue.hasPrefix("zip."), "bit \(bit)")
            }
        }
        #expect(accepted < bytes.count * 4, "most bits matter")
    }

    @Test func `random damage never traps and never gives other contents`() throws {
        var generator = SeededGenerator(state: 1)
        for bytes in Self.samples {
            let whole = try readAll(bytes)
            for round in 0..<1_000 {
                var damaged = bytes
                for _ in 0..<Int.random(in: 1...6, using: &generator) {
                    let index = Int.random(in: 0..<bytes.count, using: &generator)
                    let byte = Int.random(in: 0..<6, using: &generator)
                    damaged[index] = [0, 1, 0x50, 0x7F, 0x80, 0xFF][byte]
                }
                do throws(ZipError) {
                    let contents = try readAll(damaged).map(\.bytes)
                    #expect(contents == whole.map(\.bytes), "round \(round)")
                } catch {
                    #expect(error.code.rawValue.hasPrefix("zip."), "round \(round)")
                }
            }
        }
    }

    @Test(arguments: [FailingSource.Failure.error, .end])
    func `whichever read fails, the archive does`(failure: FailingSource.Failure) throws {
        let bytes = Self.samples[0]
        var reads = 0
        while true {
            let source = FailingSource(bytes, failingAfter: reads, with: failure)
            let outcome = code { () throws(ZipError) in try readAll(source) }
            guard let outcome else { break }
            #expect(outcome == (failure == .end ? .truncated : .cannotRead))
            reads += 1
        }
        #expect(reads > 10)
    }
}
