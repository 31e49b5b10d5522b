import JSON
import Portals
import Validation

/// Prints the operations of one step, each as a line of JSON.
///
/// ```json
/// {"id":"studio.company.create/acme","seq":1,"kind":"file","operation":"studio.company.create",
///  "key":["acme"],"dependsOn":[],"data":{"companyName":"acme"},"mail":false,
///  "source":{"sheet":"Customers","row":2},"idempotencyKey":"…"}
/// ```
///
/// (in one line). Then come, where there are any: `"held":"charges"` while a charge is not
/// accepted; `text`, what a person does; `list`, the rows that something done once names one by
/// one. These stand outside `data`, because they may differ while the operation stays the same.
///
/// What is done once has its operation's id as its own, an empty key and no source, and depends on
/// *kinds* of operations: its line is the same whether rows came in one upload or in two.
struct StepLines {
    private let plan: BatchPlan
    private let operation: OperationDefinition
    private let dependencies: [StepDependency]
    private let keyFields: [Int]
    private let data: StepData
    private let text: StepText?
    private let charges: Charges?
    /// Of the bytes that begin every idempotency key of the step.
    private let checksum: Checksum

    init(_ step: PlannedStep, of plan: BatchPlan, dependencies: [StepDependency]) {
        let values = plan.values
        let sheet = step.sheet.map { values.sheetDefinition($0) }
        self.plan = plan
        self.dependencies = dependencies
        operation = step.operation
        keyFields = step.sheet.map { values.keyFields(ofSheet: $0) } ?? []
        data = StepData(operation, sheet: sheet, settings: plan.settings)
        let fieldsOfText = step.operation.once ? nil : sheet
        text = step.operation.text.map {
            StepText($0.text(in: plan.language), sheet: fieldsOfText)
        }
        charges = plan.charges(of: step)
        var checksum = Checksum()
        checksum.add("\(values.definition.portal)\n\(operation.id)\n")
        self.checksum = checksum
    }

    /// Prints the operation for a row.
    ///
    /// - Returns: whether it is held.
    func writeLine(
        forRow row: Int, sheet: Int, sequence: Int, to json: inout JSONWriter
    ) -> Bool {
        let isHeld = charges.map { plan.holds(row, $0) } ?? false
        json.beginObject()
        json.key("id")
        id(of: operation.id, sheet, row, keyFields).withUnsafeBufferPointer {
            json.string(utf8: $0)
        }
        writeKind(sequence, to: &json)
        let key = json.range("key") { json in
            json.beginArray()
            for field in keyFields {
                plan.values.withBytes(sheet: sheet, row: row, field: field) {
                    json.string(utf8: $0)
                }
            }
            json.endArray()
        }
        json.key("dependsOn")
        json.strings(dependencyIDs(sheet, row))
        let data = json.range("data") { json in
            self.data.write(plan.values, sheet: sheet, row: row, to: &json)
        }
        json.member("mail", operation.mail != nil)
        json.key("source")
        json.writeSource(plan.values, sheet: sheet, row: row)
        writeIdempotencyKey(key, data, to: &json)
        if isHeld { json.member("held", "charges") }
        if let text { json.member("text", text.text(plan.values, sheet: sheet, row: row)) }
        json.endObject()
        json.endLine()
        return isHeld
    }

    /// Prints what is done once.
    ///
    /// - Returns: whether it is held.
    func writeLine(once step: PlannedStep, sequence: Int, to json: inout JSONWriter) -> Bool {
        let isHeld = plan.holds(step)
        json.beginObject()
        json.member("id", operation.id)
        writeKind(sequence, to: &json)
        let key = json.range("key") { $0.strings([]) }
        json.key("dependsOn")
        json.strings(operation.after)
        let data = json.range("data") { self.data.write(to: &$0) }
        json.member("mail", operation.mail != nil)
        json.member("source", nil)
        writeIdempotencyKey(key, data, to: &json)
        if isHeld { json.member("held", "charges") }
        if let text { json.member("text", text.text) }
        if let list = operation.list, let sheet = step.sheet {
            writeList(list, sheet, plan.orderedRows(of: step), to: &json)
        }
        json.endObject()
        json.endLine()
        return isHeld
    }

    private func writeKind(_ sequence: Int, to json: inout JSONWriter) {
        json.member("seq", sequence)
        json.member("kind", operation.kind.rawValue)
        json.member("operation", operation.id)
    }

    /// What makes an operation the same as an earlier one: portal, operation, key and data.
    private func writeIdempotencyKey(
        _ key: Range<Int>, _ data: Range<Int>, to json: inout JSONWriter
    ) {
        var checksum = checksum
        checksum.add(json.bytes[key])
        checksum.add("\n")
        checksum.add(json.bytes[data])
        json.key("idempotencyKey")
        json.string(String(decoding: checksum.hexadecimal, as: UTF8.self))
    }

    private func writeList(
        _ list: OperationList, _ sheet: Int, _ rows: some Sequence<Int>, to json: inout JSONWriter
    ) {
        let fields = list.fields.compactMap { id in
            plan.values.sheetDefinition(sheet).fieldIndex(id).map { (id, $0) }
        }
        json.key("list")
        json.beginArray()
        for row in rows {
            json.beginObject()
            for (id, field) in fields
            where !plan.values.isBlank(sheet: sheet, row: row, field: field) {
                json.key(id)
                json.write(plan.values, sheet: sheet, row: row, field: field)
            }
            json.key("source")
            json.writeSource(plan.values, sheet: sheet, row: row)
            json.endObject()
        }
        json.endArray()
    }
}

// Ids.
extension StepLines {
    private func id(
        of operation: String, _ sheet: Int, _ row: Int, _ keyFields: [Int]
    ) -> [UInt8] {
        var id = Array(operation.utf8)
        for field in keyFields {
            id.append(UInt8(ascii: "/"))
            plan.values.withBytes(sheet: sheet, row: row, field: field) {
                PercentEncoding.append($0, to: &id)
            }
        }
        return id
    }

    private func dependencyIDs(_ sheet: Int, _ row: Int) -> [String] {
        dependencies.compactMap { dependency in
            switch dependency {
            case .once(let id): return id
            case .sameRow(let step):
                guard step.rows.contains(row) else { return nil }
                let id = id(of: step.operation.id, sheet, row, keyFields)
                return String(decoding: id, as: UTF8.self)
            case .otherRow(let step, let fields, let index, let newOnly):
                let key = plan.values.key(sheet: sheet, row: row, fields: fields)
                guard let otherSheet = step.sheet, let otherRow = index.row(ofKey: key),
                    step.rows.contains(otherRow),
                    !newOnly || makesRecord(otherSheet, otherRow, usedBy: (sheet, row))
                else { return nil }
                let otherKey = plan.values.keyFields(ofSheet: otherSheet)
                let id = id(of: step.operation.id, otherSheet, otherRow, otherKey)
                return String(decoding: id, as: UTF8.self)
            }
        }
    }

    /// Whether a row makes a record that another row then works on.
    private func makesRecord(_ sheet: Int, _ row: Int, usedBy user: (sheet: Int, row: Int)) -> Bool
    {
        plan.values.action(sheet: sheet, row: row) == .create
            && plan.values.action(sheet: user.sheet, row: user.row) != .create
    }
}

extension JSONWriter {
    fileprivate mutating func strings(_ texts: [String]) {
        beginArray()
        for text in texts { string(text) }
        endArray()
    }

    /// Writes a member and tells where its value stands in `bytes`.
    fileprivate mutating func range(
        _ name: String, _ write: (inout JSONWriter) -> Void
    ) -> Range<Int> {
        key(name)
        let start = bytes.count
        write(&self)
        return start..<bytes.count
    }
}
