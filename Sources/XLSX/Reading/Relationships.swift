import Catalogue
import XML
import Zip

/// What a part says it belongs with (ECMA-376 Part 2 §6.5.3): the few types that reading needs.
struct Relationships {
    enum Kind: String, CaseIterable {
        case officeDocument, worksheet, chartsheet, dialogsheet, sharedStrings, styles
        case xlMacrosheet, xlIntlMacrosheet, vbaProject
    }

    struct Relationship {
        let id: String
        let kind: Kind
        let target: String
        let isExternal: Bool
    }

    /// In file order.
    let all: [Relationship]
    /// The first target that leads out of the package; nil when none does.
    let outsideLink: String?
    private let indexById: [String: Int]

    /// Reads the relationships of a part; none when there is no part for them. The package's own
    /// have an empty name.
    init(
        of part: String, in archive: ZipArchive, limits: WorkbookLimits
    ) throws(WorkbookError) {
        let handler = RelationshipsHandler(countMax: limits.relationshipCountMax)
        if let entry = archive.entry(named: PartName.relationships(of: part)) {
            try archive.read(entry, with: handler, limits: limits)
        }
        guard handler.all.count <= limits.relationshipCountMax else {
            throw WorkbookError(
                .workbookTooManySheets, part: part, found: "more relationships",
                expected: "at most \(limits.relationshipCountMax)")
        }
        all = handler.all
        outsideLink = handler.outsideLink
        indexById = Dictionary(
            all.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func relationship(id: String) -> Relationship? { indexById[id].map { all[$0] } }

    /// The first relationship of a kind that points into the package.
    func first(_ kind: Kind) -> Relationship? { all.first { $0.kind == kind && !$0.isExternal } }
}

private final class RelationshipsHandler: XMLHandler {
    private enum Word: UInt8 { case relationship, id, type, target, targetMode }

    let vocabulary = XMLVocabulary(
        words: ["Relationship", "Id", "Type", "Target", "TargetMode"],
        namespaces: [OfficeNamespaces.packageRelationships])
    private(set) var all: [Relationships.Relationship] = []
    private(set) var outsideLink: String?
    private let countMax: Int

    init(countMax: Int) { self.countMax = countMax }

    func start(_ element: XMLElement) {
        let attributes = element.attributes
        guard element.word == Word.relationship.rawValue,
            let type = attributes.string(Word.type.rawValue),
            let target = attributes.string(Word.target.rawValue)
        else { return }
        let isExternal = attributes.string(Word.targetMode.rawValue) == "External"
        if outsideLink == nil,
            OutsideLink.isOne(type: type, target: target, isExternal: isExternal)
        {
            outsideLink = target
        }
        guard all.count <= countMax, let id = attributes.string(Word.id.rawValue),
            let kind = kind(ofType: type)
        else { return }
        all.append(.init(id: id, kind: kind, target: target, isExternal: isExternal))
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
    func end(_ word: UInt8, parent: UInt8) {}

    private func kind(ofType type: String) -> Relationships.Kind? {
        guard let slash = type.lastIndex(of: "/"),
            OfficeNamespaces.relationships.contains(String(type[..<slash]))
        else { return nil }
        return Relationships.Kind(rawValue: String(type[type.index(after: slash)...]))
    }
}
