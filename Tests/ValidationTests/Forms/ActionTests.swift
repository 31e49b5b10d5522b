import Catalogue
import Portals
import Testing

@testable import Validation

struct ActionTests {
    private static let known = Knowing(records: [["acme", "ann@acme.example"]])

    private func bench(_ actions: String = "Create, Update, Reset password") throws -> Bench {
        try Bench(
            fields: """
                {id: name, title: Name, type: text, rules: [{rule: required}]},
                {id: email, title: Email, type: email, rules: [{rule: required}]}
                """,
            actions: actions)
    }

    @Test(
        arguments: [
            ("Create", Action.create), ("create", .create), ("Anlegen", .create), ("", .create),
            (" UPDATE ", .update), ("Ändern", .update), ("Andern", nil),
            ("a\u{308}ndern", .update), ("Passwort zurücksetzen", .resetPassword),
            ("reset password", .resetPassword), ("Delete", nil), ("Löschen", nil), ("Updaet", nil),
        ] as [(String, Action?)])
    func `an action is read in every language`(text: String, action: Action?) throws {
        let judged = try bench().judge(
            [Row(["acme", "bob@acme.example"], action: text)], Knowing(records: nil))
        #expect(judged.told.contains("action.not_allowed 2") == (action == nil))
        #expect(judged.verdicts.actions[0] == [action ?? .create])
    }

    @Test func `what is allowed is told`() throws {
        let judged = try bench().judge([Row(["acme", "ann@acme.example"], action: " Drop ")])
        #expect(
            judged.detail(.actionNotAllowed)?.arguments
                == ["value": "Drop", "list": "Create, Update, Reset password"])
    }

    @Test func `a sheet without actions takes Create alone`() throws {
        let bench = try bench("")
        #expect(bench.judge([Row(["acme", "ann@acme.example"], action: "Create")]).told == [])
        #expect(
            bench.judge([Row(["acme", "ann@acme.example"], action: "Update")]).told
                == ["action.not_allowed 2"])
    }

    @Test func `of a row whose action cannot be read nothing is judged by it`() throws {
        let rows = [
            Row(["acme", "ann@acme.example"], action: "Drop"), Row(["new", ""], action: "Drop"),
            Row(["", "bob@acme.example"], action: "Drop"), Row(["x", "(clear)"], action: "Drop"),
        ]
        #expect(
            try bench().judge(rows, Self.known).told == [
                "action.not_allowed 2", "action.not_allowed 3", "cell.required A4",
                "action.not_allowed 4", "cell.required B5", "action.not_allowed 5",
            ])
    }

    @Test(arguments: [
        ("Create", "", ["cell.required B2"]), ("Update", "", []),
        ("Update", "(clear)", ["cell.required B2"]), ("Reset password", "", []),
    ])
    func `only a new row needs all its values`(
        action: String, email: String, told: [String]
    ) throws {
        let row = Row(["acme", Cell(email)], action: action)
        #expect(
            try bench().judge([row], Self.known).errors.filter { $0 != "record.exists A2" } == told)
    }

    @Test func `an update without its key is refused`() throws {
        let row = Row(["", "bob@acme.example"], action: "Update")
        #expect(try bench().judge([row], Self.known).told == ["cell.required A2"])
    }
}
