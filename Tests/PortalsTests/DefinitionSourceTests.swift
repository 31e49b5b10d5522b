import Testing

@testable import Portals

struct DefinitionSourceTests {
    private func source(_ files: [String: String], portals: [String] = []) -> DefinitionSource {
        DefinitionSource(folder: "T", portals: portals) { files[$0] }
    }

    @Test func `a portal comes from the folder, else from the build`() throws {
        let source = source(["T/sample/portal.yaml": Sample.yaml], portals: ["sample", "empty"])
        #expect(source.portals == (Definitions.embeddedPortals + ["sample"]).sorted())
        #expect(try source.definition(of: "sample").file == "T/sample/portal.yaml")
        #expect(try source.definition(of: "studio").file == "Templates/studio/portal.yaml")
        #expect(try source.all().map(\.portal) == source.portals)
    }

    @Test func `the folder's copy wins`() throws {
        let mine = Sample.yaml.replacing("portal: sample", with: "portal: studio")
        let definition = try source(["T/studio/portal.yaml": mine]).definition(of: "studio")
        #expect(definition.title == "Sample Portal")
    }

    @Test func `a folder of another name is refused`() {
        let error = #expect(throws: DefinitionError.self) {
            try source(["T/studio/portal.yaml": Sample.yaml]).definition(of: "studio")
        }
        #expect(error?.path == "portal")
    }

    @Test(arguments: ["nobody", "../sample", "a/b", ""])
    func `a portal that does not exist is refused and leads nowhere`(portal: String) {
        let source = DefinitionSource(folder: "T") { path in
            path == "T/nobody/portal.yaml" ? nil : Sample.yaml
        }
        let error = #expect(throws: DefinitionError.self) { try source.definition(of: portal) }
        #expect(error?.code == "definition.missing")
    }
}
