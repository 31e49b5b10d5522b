import Testing

@testable import Portals

/// What a Definition says of templates before, for the versions that it holds for.
struct EarlierNameTests {
    private static func definition() throws -> Definition {
        try Sample.definition(
            replacing: "title: Trial\n",
            by: """
                title: Trial
                        earlier:
                          - {until: 1, title: {en: Test, de: Probe}, choices: {Yep: Yes}}

                """)
    }

    @Test(arguments: [(1, 1), (2, 0), (3, 0)])
    func `an earlier name holds up to its version`(version: Int, count: Int) throws {
        let read = try Self.definition().reading(templateOfVersion: version)
        #expect(read.sheets[0].fields[3].former.count == count)
        #expect(read.templateVersion == (count == 0 ? nil : version))
    }

    @Test func `titles and words are kept as they stand`() throws {
        let read = try Self.definition().reading(templateOfVersion: 1)
        let former = try #require(read.sheets[0].fields[3].former.first)
        #expect(former.title?.all == ["Test", "Probe"])
        #expect(former.choices.map(\.word) == ["Yep"] && former.choices.map(\.value) == ["Yes"])
    }

    @Test func `a sheet is found by its earlier title`() throws {
        let definition = try Sample.definition(
            replacing: "aliases: [Companies]",
            by: "aliases: [Companies]\n    earlier: [{until: 1, title: Firms}]")
        let read = definition.reading(templateOfVersion: 1)
        #expect(read.sheets[0].aliases == ["Companies", "Firms"])
        #expect(definition.reading(templateOfVersion: 2).sheets[0].aliases == ["Companies"])
    }
}
