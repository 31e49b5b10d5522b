import Portals
import Testing

@testable import Server

@Suite struct SettingsFormTests {
    private static let yaml = """
        portal: bench
        version: 1
        title: Work Bench
        settings:
          platform: Ours
          limits: [{name: A, sizes: {small: 1}}]
        sheets:
          - id: companies
            title: Companies
            entity: company
            key: [name]
            fields: [{id: name, title: Name, type: text}]
        operations: []
        """

    @Test func `what has no place in fields stays as it was loaded`() throws {
        let definition = try Definitions.decode(yaml: Self.yaml, file: "form.yaml")
        let loaded = Value.list([
            .table([
                .init("name", .text("B")), .init("sizes", .table([.init("small", .integer(7))])),
            ])
        ])
        let now = try definition.settings.changed("limits", to: loaded)
        var form = SettingsForm(definition, now, PageTexts.of("en"), keptDayCountMax: 90)
        #expect(form.values.contains { $0["isKept"] as? Bool == true })
        form.take(Form("platform=Theirs&limits=none"))
        #expect(form.problems == [])
        let typed = try form.typed()
        #expect(typed["limits"] == loaded)
        #expect(typed["platform"] == .text("Theirs"))
    }
}
