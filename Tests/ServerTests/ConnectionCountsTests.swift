import NIOCore
import Testing

@testable import Server

@Suite struct ConnectionCountsTests {
    private func machine(_ address: String) throws -> Machine {
        Machine(try SocketAddress(ipAddress: address, port: 443))
    }

    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false),
        ("::ffff:192.0.2.1", "192.0.2.1", true), ("2001:db8::1", "2001:db8::ffff:2", true),
        ("2001:db8::1", "2001:db8:0:1::1", false), ("2001:db8::1", "192.0.2.1", false),
    ])
    func `one sender is one machine`(one: String, other: String, isSame: Bool) throws {
        #expect(try (machine(one) == machine(other)) == isSame)
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.9.9.9", true), ("::1", true), ("::ffff:127.0.0.1", true),
        ("192.0.2.127", false), ("::2", false), ("::ffff:192.0.2.1", false), ("fe80::1", false),
    ])
    func `the server's own machine is told from others`(address: String, isOwn: Bool) throws {
        #expect(try machine(address).isOwn == isOwn)
    }

    @Test(arguments: [
        (nil, "192.0.2.1", SiteLimits.connectionsOfMachineMax), (nil, "127.0.0.1", nil),
        (3, "192.0.2.1", 3), (3, "127.0.0.1", 3),
    ])
    func `a machine has as many as may be, and others have their own`(
        said: Int?, address: String, countMax: Int?
    ) throws {
        let counts = ConnectionCounts(said: said)
        let machine = try machine(address)
        for _ in 0..<(countMax ?? 3_000) { #expect(counts.enter(machine)) }
        #expect(counts.enter(machine) == (countMax == nil))
        #expect(counts.enter(try self.machine("192.0.2.99")))
        counts.leave(machine)
        #expect(counts.enter(machine))
    }
}
