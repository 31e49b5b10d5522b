import Testing

@testable import Server

@Suite struct SecurityTests {
    @Test func `a password matches what was kept of it, and nothing else does`() async throws {
        let kept = try await Passwords.kept("a gate of many rows")
        #expect(try await Passwords.matches("a gate of many rows", kept))
        #expect(try await !Passwords.matches("a gate of many row", kept))
        #expect(try await !Passwords.matches("a gate of many rows", ""))
        #expect(try await Passwords.kept("a gate of many rows") != kept)
        #expect(!kept.contains("gate"))
    }

    @Test(arguments: [
        ("a gate of many rows", nil), ("1qaz2wsx9", nil), ("sesame1", "error.password_short"),
        ("1qaz2wsx", "error.password_common"), ("Football", "error.password_common"),
        (String(repeating: "ä", count: 512), nil),
        (String(repeating: "ä", count: 513), "error.password_long"),
    ])
    func `a password is long enough, not too long, and not everybody's`(
        password: String, fault: String?
    ) {
        #expect(PasswordRules.fault(password) == fault)
    }

    @Test(arguments: [(14, 8, 1), (15, 8, 3), (16, 8, 1)])
    func `a password is checked at the cost at which it was kept`(
        logRounds: Int, blockSize: Int, parallelism: Int
    ) async throws {
        let cost = KeptPassword.Cost(
            logRounds: logRounds, blockSize: blockSize, parallelism: parallelism)
        let kept = try await Passwords.kept("a gate of many rows", cost: cost)
        #expect(kept.hasPrefix("scrypt$\(logRounds)$\(blockSize)$\(parallelism)$"))
        #expect(try await Passwords.matches("a gate of many rows", kept))
        #expect(try await !Passwords.matches("a gate of many row", kept))
        #expect(Passwords.isOutdated(kept) == (cost != .today))
    }

    @Test(arguments: [
        "", "scrypt$15$8$3$00", "scrypt$40$8$3$00$00", "scrypt$15$99$3$00$00", "scrypt$0$8$3$00$00",
        "scrypt$15$8$0$00$00", "scrypt$15$8$3$00$", "argon$15$8$3$00$00", "scrypt$a$8$3$00$00",
    ])
    func `what no password was kept as lets nobody in`(kept: String) async throws {
        #expect(try await !Passwords.matches("a gate of many rows", kept))
        #expect(!Passwords.isOutdated(kept))
    }

    @Test func `many tries at once are as many`() async {
        let throttle = SignInThrottle()
        var waits: [Int] = []
        for _ in 0..<8 { waits.append(await throttle.attempt(["ann"], at: 100).seconds) }
        #expect(waits == [0, 0, 0, 0, 0, 2, 2, 2])
        #expect(await throttle.attempt(["bea"], at: 100) == .init())
        #expect(await throttle.attempt(["ann"], at: 102) == .init())
        #expect(await throttle.attempt(["ann"], at: 102) == .init(seconds: 4))
        await throttle.succeeded(["ann", "machine"], at: 102)
        #expect(await throttle.attempt(["ann"], at: 102) == .init())
    }

    @Test func `wrong tries at many accounts from many machines wait for one another`() async {
        let throttle = SignInThrottle()
        let full = SignInThrottle.Wait(seconds: SiteLimits.signInWaitSeconds, isOfSite: true)
        _ = await throttle.attempt(["ann", "office"], at: 100)
        await throttle.succeeded(["ann", "office"], at: 100)
        for at in 0..<SiteLimits.signInBurst {
            #expect(await throttle.attempt(["a\(at)", "m\(at)"], at: 100) == .init())
        }
        #expect(await throttle.attempt(["bea", "home"], at: 100) == full)
        // Who is not let through is not counted.
        for _ in 0..<9 { #expect(await throttle.attempt(["eve", "den"], at: 100) == full) }
        // Who was here before is let through, but not from elsewhere.
        #expect(await throttle.attempt(["ann", "office"], at: 100) == .init())
        #expect(await throttle.attempt(["ann", "elsewhere"], at: 100) == full)
        // After a second others are, and what was right costs nothing.
        for at in 0..<SiteLimits.signInsPerSecond {
            let names = ["right\(at)", "home\(at)"]
            #expect(await throttle.attempt(names, at: 101) == .init())
        }
        #expect(await throttle.attempt(["bea", "home"], at: 101) == full)
        await throttle.succeeded(["right0", "home0"], at: 101)
        #expect(await throttle.attempt(["bea", "home"], at: 101) == .init())
        #expect(await throttle.attempt(["eve", "den"], at: 102) == .init())
    }

    @Test func `a busy morning of right passwords keeps nobody waiting`() async {
        let throttle = SignInThrottle()
        for at in 0..<5 * SiteLimits.signInBurst {
            #expect(await throttle.attempt(["a\(at)", "m\(at)"], at: 100) == .init())
            await throttle.succeeded(["a\(at)", "m\(at)"], at: 100)
        }
    }

    @Test(arguments: [
        ("a=1&b=x+y&a=2", "a", ["1", "2"]), ("a=1&b=x+y", "b", ["x y"]),
        ("name=%C3%A9%26", "name", ["é&"]), ("", "a", []), ("a", "a", [""]), ("a=%", "a", ["%"]),
    ])
    func `fields of a form are read`(text: String, name: String, expected: [String]) {
        #expect(Form(text).all(name) == expected)
    }
}
