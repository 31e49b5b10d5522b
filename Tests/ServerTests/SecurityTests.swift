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

    @Test func `many tries at once are as many`() async {
        let throttle = SignInThrottle()
        var waits: [Int] = []
        for _ in 0..<8 { waits.append(await throttle.attempt(["ann"], at: 100)) }
        #expect(waits == [0, 0, 0, 0, 0, 2, 2, 2])
        #expect(await throttle.attempt(["bea"], at: 100) == 0)
        #expect(await throttle.attempt(["ann"], at: 102) == 0)
        #expect(await throttle.attempt(["ann"], at: 102) == 4)
        await throttle.succeeded("ann", from: "machine")
        #expect(await throttle.attempt(["ann"], at: 102) == 0)
    }

    @Test(arguments: [
        ("a=1&b=x+y&a=2", "a", ["1", "2"]), ("a=1&b=x+y", "b", ["x y"]),
        ("name=%C3%A9%26", "name", ["é&"]), ("", "a", []), ("a", "a", [""]), ("a=%", "a", ["%"]),
    ])
    func `fields of a form are read`(text: String, name: String, expected: [String]) {
        #expect(Form(text).all(name) == expected)
    }
}
