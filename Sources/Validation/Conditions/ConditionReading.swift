import Portals

/// Makes the tests of a condition of the Definition, each before those inside it.
struct ConditionReading {
    private let definition: Definition
    private(set) var tests: [ConditionTest] = []
    /// The fields of the row itself.
    private(set) var fields: [Int] = []
    private var names: [String] = []
    private var knownValues: [KnownValue] = []
    private var words: [ConditionWords] = []
    /// How many `parent` tests are around the next one.
    private var depth = 0

    init(_ definition: Definition) { self.definition = definition }

    var operands: ConditionOperands {
        ConditionOperands(names: names, knownValues: knownValues, words: words)
    }

    /// - Parameter sheet: of the rows that are asked.
    mutating func add(_ condition: Condition, of sheet: SheetDefinition) {
        switch condition {
        case .field(let id, let test):
            guard let field = sheet.fieldIndex(id) else { return add(ConditionTest(kind: .never)) }
            read(field)
            add(test, field, sheet.fields[field])
        case .parent(let id, let inner):
            guard let field = sheet.fieldIndex(id), let reference = sheet.reference(ofField: id)
            else { return add(ConditionTest(kind: .never)) }
            read(field)
            add(ConditionTest(kind: .parent, field: field)) { reading in
                reading.depth += 1
                for index in reading.definition.sheets.indices {
                    reading.add(inner, ofParentSheet: index, reference)
                }
                reading.depth -= 1
            }
        case .setting(let name, let test):
            names.append(name)
            add(ConditionTest(kind: .setting, operand: names.count - 1)) { $0.add(test, -1, nil) }
        case .action(let actions):
            add(ConditionTest(kind: .action, actions: ActionSet(actions)))
        case .all(let conditions): add(.all, conditions, of: sheet)
        case .any(let conditions): add(.any, conditions, of: sheet)
        case .not(let condition): add(.not, [condition], of: sheet)
        }
    }

    private mutating func read(_ field: Int) {
        if depth == 0 { fields.append(field) }
    }

    private mutating func add(
        _ kind: ConditionTest.Kind, _ conditions: [Condition], of sheet: SheetDefinition
    ) {
        add(ConditionTest(kind: kind)) { reading in
            for condition in conditions { reading.add(condition, of: sheet) }
        }
    }

    private mutating func add(
        _ condition: Condition, ofParentSheet index: Int, _ reference: Reference
    ) {
        let parent = definition.sheets[index]
        guard reference.sheets.contains(parent.id) else { return }
        let start = tests.count
        add(condition, of: parent)
        tests[start].sheet = index
    }

    /// - Parameter definition: of the field; nil for a setting.
    private mutating func add(_ test: ValueTest, _ field: Int, _ definition: Field?) {
        switch test {
        case .blank: add(ConditionTest(kind: .blank, field: field))
        case .filled: add(ConditionTest(kind: .filled, field: field))
        case .changed: addKnown(.changed, field, definition)
        case .unchanged: addKnown(.unchanged, field, definition)
        case .listed(let directory):
            names.append(directory)
            add(ConditionTest(kind: .listed, field: field, operand: names.count - 1))
        case .oneOf(let values):
            words.append(ConditionWords(values, definition))
            add(ConditionTest(kind: .oneOf, field: field, operand: words.count - 1))
        }
    }

    private mutating func addKnown(
        _ kind: ConditionTest.Kind, _ field: Int, _ definition: Field?
    ) {
        knownValues.append(KnownValue(definition))
        add(ConditionTest(kind: kind, field: field, operand: knownValues.count - 1))
    }

    /// Adds a test and what is inside it.
    private mutating func add(
        _ test: ConditionTest, _ inside: (inout ConditionReading) -> Void = { _ in }
    ) {
        let start = tests.count
        tests.append(test)
        inside(&self)
        tests[start].end = tests.count
    }
}
