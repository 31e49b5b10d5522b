import Catalogue
import Portals
import Validation
import XLSX

/// What every workbook made from a Definition says, whatever rows it holds.
struct TemplateContent {
    let definition: Definition
    let plan: ValidationPlan
    let known: Known
    let messages: Messages
    let lists: Lists

    init(_ plan: ValidationPlan, known: Known, messages: Messages) {
        definition = plan.definition
        self.plan = plan
        self.known = known
        self.messages = messages
        lists = Lists(plan.definition, known: known, language: messages.language)
    }

    var language: String { messages.language }

    func sheetName(_ sheet: Int) throws -> SheetName {
        try SheetName(definition.sheets[sheet].title.text(in: language))
    }

    func title(_ own: OwnSheet) throws -> SheetName {
        try SheetName(own.title.text(in: language))
    }

    /// The titles of a sheet's fields.
    func titles(sheet: Int) -> [String] {
        definition.sheets[sheet].fields.map { $0.title.text(in: language) }
    }

    /// The live checks of a sheet whose columns stand as the layout says.
    func checks(sheet: Int, _ layout: SheetLayout) -> LiveChecks {
        let fields = definition.sheets[sheet].fields.indices
        var spellings: [Int: NameList] = [:]
        for field in fields { spellings[field] = lists.spellings(sheet: sheet, field: field) }
        var directories: [String: NameList] = [:]
        var titles: [String: String] = [:]
        for directory in definition.directories {
            directories[directory.id] = lists.directory(directory.id)
            titles[directory.id] = directory.title.text(in: language)
        }
        return LiveChecks(
            plan.liveChecks(ofSheet: sheet), sheet: definition.sheets[sheet],
            columns: layout.fieldIndexes, actionColumn: layout.index(of: .action),
            words: LiveCheckWords(
                messages: messages, titles: self.titles(sheet: sheet), directoryTitles: titles),
            spellings: spellings, directories: directories)
    }
}
