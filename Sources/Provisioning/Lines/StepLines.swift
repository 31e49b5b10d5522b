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
/// accepted; `heldUntil`, before which the portal does not take it; `text`, what a person does;
/// `list`, the rows that something done once names one by one. These stand outside `data`, because
/// they may differ while the operation stays the same.
///
/// What is done once has its operation's id as its own, an empty key and no source, and depends on
/// those *kinds* of operations that the batch has.
struct StepLines {
    private let plan: BatchPlan
    private let values: RecordValues
    private let operation: OperationDefinition
    /// With what the rows say when that is done.
    private let dependencies: [(StepDependency, RecordValues)]
    /// What its rows wait for that was asked for before; nil for nothing.
    private let earlier: EarlierSteps?
    private let rows: SheetStore?
    private let keyFields: [Int]
    private let data: StepData
    private let text: StepText?
    private let charges: Charges?
    /// What all its operations wait for.
    private let hold: Hold?
    /// Of the bytes that begin every idempotency key of the step.
    private let checksum: Checksum
    /// `"kind":"file","operation":"studio.company.create"`, the same in every line.
    private let kind: [UInt8]

    init(_ step: PlannedStep, of plan: BatchPlan, dependencies: [StepDependency]) {
        let values = plan.values(for: step)
        let sheet = step.sheet.map { values.sheetDefinition($0) }
        self.plan = plan
        self.values = values
        self.dependencies = dependencies.map { dependency in
            (dependency, dependency.step.map { plan.values(for: $0) } ?? values)
        }
        earlier = EarlierSteps(step, plan)
        operation = step.operation
        rows = step.sheet.map { values.store.sheets[$0] }
        keyFields = step.sheet.map { values.keyFields(ofSheet: $0) } ?? []
        data = StepData(step, of: plan, values)
        hold = plan.hold(on: step)
        text = step.operation.text.map { _ in
            StepText(step.operation, in: plan.language, sheet: sheet)
        }
        charges = plan.charges(of: operation, sheet: step.sheet)
        var checksum = Checksum()
        checksum.add("\(values.definition.portal)\n\(operation.id)\n")
        self.checksum = checksum
        kind = Array(
            JSONWriter.object { [operation] json in
                json.member("kind", operation.kind.rawValue)
                json.member("operation", operation.id)
            }.utf8.dropFirst().dropLast())
    }

    /// Prints the operation for a row.
    func writeLine(
        forRow row: Int, sheet: Int, sequence: Int, to json: inout JSONWriter
    ) -> WrittenLine {
        let heldUntil = plan.wait(for: operation, sheet: sheet, row: row)
        let heldBy = heldBy(
            isCharged: charges.map { plan.holds(row, $0) } ?? false, isTooSoon: heldUntil != nil)
        json.beginObject()
        let id = json.range("id") { json in
            json.plainString {
                values.append(id: operation.id, sheet: sheet, row: row, keyFields, to: &$0)
            }
        }
        writeKind(sequence, to: &json)
        let key = json.range("key") { json in
            json.beginArray()
            for field in keyFields {
                values.withKeyPart(sheet: sheet, row: row, field: field) {
                    json.string(utf8: $0)
                }
            }
            json.endArray()
        }
        json.key("dependsOn")
        json.beginArray()
        for (dependency, values) in dependencies {
            write(dependency, values, sheet, row, to: &json)
        }
        for name in earlier?.names(for: row, of: sheet) ?? [] {
            name.withUnsafeBufferPointer { json.string(utf8: $0) }
        }
        json.endArray()
        let data = json.range("data") { json in
            self.data.write(values, sheet: sheet, row: row, to: &json)
        }
        json.member("mail", operation.mail != nil)
        if let rows { json.source(rows, row: row) }
        let idempotencyKey = writeIdempotencyKey(key, data, to: &json)
        if let heldBy { json.member("held", heldBy) }
        if let heldUntil { json.member("heldUntil", heldUntil) }
        if let text {
            var bytes: [UInt8] = []
            text.append(values, sheet: sheet, row: row, to: &bytes)
            json.key("text")
            bytes.withUnsafeBufferPointer { json.string(utf8: $0) }
        }
        json.endObject()
        json.endLine()
        return WrittenLine(
            isHeld: heldBy != nil, heldUntil: heldBy == Self.tooSoon ? heldUntil : nil, id: id,
            idempotencyKey: idempotencyKey)
    }

    /// What is held by nothing but time.
    private static let tooSoon = "interval"

    /// What must be settled before an operation may be done; nil: nothing.
    private func heldBy(isCharged: Bool, isTooSoon: Bool = false) -> String? {
        hold?.id ?? (isCharged ? "charges" : isTooSoon ? Self.tooSoon : nil)
    }

    /// Prints what is done once, up to the rows that it lists.
    func beginLine(
        once step: PlannedStep, sequence: Int, to json: inout JSONWriter
    ) -> WrittenLine {
        let heldBy = heldBy(isCharged: plan.holds(once: step))
        json.beginObject()
        let id = json.range("id") { $0.string(operation.id) }
        writeKind(sequence, to: &json)
        let key = json.range("key") { $0.strings([]) }
        json.key("dependsOn")
        json.strings(
            operation.after.filter(plan.hasStep) + EarlierSteps.names(forListOf: step, plan))
        let data = json.range("data") { self.data.write(to: &$0) }
        json.member("mail", operation.mail != nil)
        json.member("source", nil)
        let idempotencyKey = writeIdempotencyKey(key, data, to: &json)
        if let heldBy { json.member("held", heldBy) }
        if let text { json.member("text", text.text) }
        if !step.operation.lists.isEmpty {
            json.key("list")
            json.beginArray()
        }
        return WrittenLine(isHeld: heldBy != nil, id: id, idempotencyKey: idempotencyKey)
    }

    /// Ends the line of what is done once.
    func endLine(once step: PlannedStep, to json: inout JSONWriter) {
        if !step.operation.lists.isEmpty { json.endArray() }
        json.endObject()
        json.endLine()
    }

    private func writeKind(_ sequence: Int, to json: inout JSONWriter) {
        json.member("seq", sequence)
        json.members(kind)
    }

    /// What makes an operation the same as an earlier one: portal, operation, key and data.
    private func writeIdempotencyKey(
        _ key: Range<Int>, _ data: Range<Int>, to json: inout JSONWriter
    ) -> Range<Int> {
        var checksum = checksum
        json.bytes.withUnsafeBytes { bytes in
            checksum.add(UnsafeRawBufferPointer(rebasing: bytes[key]))
            checksum.add("\n")
            checksum.add(UnsafeRawBufferPointer(rebasing: bytes[data]))
        }
        return json.range("idempotencyKey") { json in
            json.plainString { checksum.append(to: &$0) }
        }
    }
}

/// Where in the bytes of the writer parts of a line stand, with their quotes.
struct WrittenLine {
    let isHeld: Bool
    /// When it is held no more, where nothing but time holds it.
    var heldUntil: String?
    let id: Range<Int>
    let idempotencyKey: Range<Int>
}

// Ids.
extension StepLines {
    /// Prints the id of what a row waits for, if there is such an operation.
    ///
    /// - Parameter values: what the rows say when that is done.
    private func write(
        _ dependency: StepDependency, _ values: RecordValues, _ sheet: Int, _ row: Int,
        to json: inout JSONWriter
    ) {
        switch dependency {
        case .once(let id): json.string(id)
        case .whole(let step):
            guard let otherSheet = step.sheet else { return }
            if step.rows.count > BatchLimits.dependencyCountMax {
                return json.string(step.operation.id)
            }
            write(step, Array(step.rows), values, otherSheet, to: &json)
        case .sameSheet(let step, let rows):
            let others =
                step.rows.contains(row)
                ? [row] : rows?.rows(for: row, of: sheet, plan.values) ?? []
            if others.count > BatchLimits.dependencyCountMax {
                return json.string(step.operation.id)
            }
            for other in others {
                json.plainString {
                    values.append(
                        id: step.operation.id, sheet: sheet, row: other, keyFields, to: &$0)
                }
            }
        case .otherRows(let step, let rows, let newOnly):
            guard let otherSheet = step.sheet else { return }
            let otherKey = plan.values.keyFields(ofSheet: otherSheet)
            for otherRow in rows.rows(for: row, of: sheet, plan.values)
            where step.rows.contains(otherRow)
                && (!newOnly || makesRecord(otherSheet, otherRow, usedBy: (sheet, row)))
            {
                json.plainString {
                    values.append(
                        id: step.operation.id, sheet: otherSheet, row: otherRow, otherKey,
                        to: &$0)
                }
            }
        case .renames(let step):
            guard let otherSheet = step.sheet else { return }
            let rows = plan.renames.renamedRows(by: step, for: row, of: sheet, values)
            write(step, rows, values, otherSheet, to: &json)
        case .children(let step, let rows):
            guard let otherSheet = step.sheet, let rows = rows[.row(row, sheet: sheet)] else {
                return
            }
            write(step, rows, values, otherSheet, to: &json)
        case .handovers(let step):
            let rows = plan.handovers.owners(in: step, for: row, of: sheet, in: operation)
            write(step, rows, values, sheet, to: &json)
        }
    }

    /// Prints the ids of a step's operations for some rows.
    private func write(
        _ step: PlannedStep, _ rows: [Int], _ values: RecordValues, _ sheet: Int,
        to json: inout JSONWriter
    ) {
        let key = values.keyFields(ofSheet: sheet)
        for row in rows {
            json.plainString {
                values.append(id: step.operation.id, sheet: sheet, row: row, key, to: &$0)
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
