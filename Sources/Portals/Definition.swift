import Catalogue

/// Everything known about one portal, decoded from `Templates/<portal>/portal.yaml`.
///
/// It is data alone: template, header matching, rules, messages and operations are made from it.
package struct Definition: Sendable {
    /// The portal's id, equal to the name of its folder.
    package var portal: String
    package var version: Int
    /// The portal's name as people know it.
    package var title: String
    /// What an operator or reseller may change, with the values it has until then.
    package var settings: Settings
    package var directories: [DirectoryDefinition]
    /// The data sheets, in the order in which they are judged and written.
    package var sheets: [SheetDefinition]
    /// The operations, in the order in which a batch lists them.
    package var operations: [OperationDefinition]
    /// What keeps operations back until a setting says otherwise.
    package var holds: [Hold]
    /// What the portal's own list of customers is compared by; nil: it has none.
    package var comparison: ComparisonDefinition?
    /// Where the portal itself is; nil where nobody knows.
    package var link: PortalLink?
    /// The file this was read from, for errors.
    package var file: String
    /// Of which earlier version the template is that it reads; nil: of its own.
    package var templateVersion: Int?

    package init(
        portal: String, version: Int, title: String, settings: Settings,
        directories: [DirectoryDefinition], sheets: [SheetDefinition],
        operations: [OperationDefinition], holds: [Hold] = [],
        comparison: ComparisonDefinition? = nil, link: PortalLink? = nil, file: String
    ) {
        self.portal = portal
        self.version = version
        self.title = title
        self.settings = settings
        self.directories = directories
        self.sheets = sheets
        self.operations = operations
        self.holds = holds
        self.comparison = comparison
        self.link = link
        self.file = file
    }
}

extension Definition {
    /// Whether a reseller added columns to its sheets.
    package var hasAddedColumns: Bool { sheets.contains { $0.fields.contains(where: \.isAdded) } }
}

extension Definition {
    /// Other sheets that make records of the same thing, by index: what is known on one of them is
    /// known on all.
    package func twins(of sheet: Int) -> [Int] {
        sheets.indices.filter { other in
            other != sheet && sheets[other].entity == sheets[sheet].entity
                && sheets[other].makesRecords && sheets[sheet].makesRecords
        }
    }
}

/// Names that exist elsewhere and that cells must match.
package struct DirectoryDefinition: Sendable {
    package var id: String
    package var title: LocalizedText
    /// Whether nothing is imported while there is no list.
    package var isNeeded: Bool
    /// Further headers above what stands beside its names and means them too.
    package var headersBeside: [String]
}

/// One data sheet: its columns, its rules and what a row of it is.
package struct SheetDefinition: Sendable {
    package var id: String
    package var title: LocalizedText
    package var aliases: [String]
    /// What a row describes, in code words: `company`, `contact`, `room`.
    package var entity: String
    /// The portal's noun for a row, as people say it: "company".
    package var noun: LocalizedText
    /// Of several: "companies".
    package var nouns: LocalizedText
    /// Ids of the fields that together tell one record from another.
    package var key: [String]
    /// Those of them that a row with the id of a known record may change.
    package var renamed: [String]
    /// What a row may ask for. Empty: Create alone, and the sheet has no `Action` column.
    package var actions: [Action]
    /// What a blank `Action` cell asks for, where the Definition says so.
    package var blankAction: Action?
    /// Fields whose difference alone turns a Create of a known record into an update of them.
    package var updatedByCreate: [String]
    /// What to do about a Create of a known record, instead of the catalogue's words.
    package var existsRemedy: LocalizedText?
    /// Which rows take their link away, beside those that ask for that alone; nil: none.
    package var unlinks: Condition?
    /// What only one of several has at a time; nil: nothing is so.
    package var sole: SoleField?
    /// Which rows begin a trial; nil: none.
    package var trial: Trial?
    /// Where the portal shows a record; nil where nobody knows.
    package var link: PortalLink?
    package var fields: [Field]
    package var rules: [RuleDefinition]
    /// Paragraphs of the `Read me` sheet on how to fill this sheet in.
    package var readMe: [LocalizedText]
    /// Example rows of the `Read me` sheet: values by field id.
    package var examples: [[String: String]]
    /// What it was called in earlier versions.
    package var earlier: [EarlierName] = []
    /// What rows make beside what they are about.
    package var makes: [MadeRecord] = []

    /// The index of a field; nil for an id it does not have.
    package func fieldIndex(_ id: String) -> Int? { fields.firstIndex { $0.id == id } }

    /// Whether its rows make records. On a sheet that makes none a row is a thing done: a link, an
    /// invitation, an answer.
    package var makesRecords: Bool { actions.isEmpty || actions.contains(.create) }

    /// Whether its rows link records to each other. What is linked stays so until it is taken away.
    package var makesLinks: Bool { !makesRecords && actions.contains(.link) }

    /// Whether what its rows do stays, to be looked at and judged by later.
    package var isRemembered: Bool { makesRecords || makesLinks }

    /// What a row without an action asks for; nil where that cannot be told.
    package var actionOfBlank: Action? {
        if makesRecords { return .create }
        return blankAction ?? (actions.count == 1 ? actions[0] : nil)
    }
}

/// One column.
package struct Field: Sendable {
    package var id: String
    package var title: LocalizedText
    package var aliases: [String]
    package var type: FieldType
    /// What to fill in, in one or two sentences: the input prompt of its cells.
    package var prompt: LocalizedText?
    package var choices: Choices?
    /// Of a country, what the portal takes it by.
    package var countryForm: CountryForm
    /// Of a text, whether it may have several lines.
    package var takesLines: Bool
    package var rules: [RuleDefinition]
    /// Whether a reseller added it: a field of a form at the portal that the Definition does not
    /// know.
    package var isAdded = false
    /// The id of the sheet of whose records it tells how many refer to its own; nil: of none.
    package var counts: String?
    /// What it was like in earlier versions.
    package var earlier: [EarlierName] = []
    /// Those of them that hold for the workbook being read.
    package var former: [EarlierName] = []

    /// Whether a rule without a condition asks for a value.
    package var isRequired: Bool {
        rules.contains {
            $0.kind == "required" && $0.when == nil && ($0.severity ?? .error) == .error
        }
    }
}

/// What a portal takes a country by: an ISO 3166-1 code, or its English name.
package enum CountryForm: String, Sendable, CaseIterable {
    case alpha2, alpha3, numeric, name
}

/// What kind of value a column takes.
package enum FieldType: String, Sendable, CaseIterable {
    case text, email, country, date, integer, boolean, choice
}

/// Where the allowed values of a `choice` field stand.
package enum Choices: Sendable {
    /// In the Definition itself.
    case list([Choice])
    /// In a setting: its text, its list of texts, or the `name` of each member of its list.
    /// `open`: a value that is not among them is taken all the same.
    case setting(String, open: Bool)
}

/// One of the values a column takes.
package struct Choice: Sendable {
    package var value: String
    package var title: LocalizedText

    package init(value: String, title: LocalizedText) {
        self.value = value
        self.title = title
    }
}
