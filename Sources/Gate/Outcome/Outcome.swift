package import Catalogue
import Portals
import Provisioning
import Reports
package import Validation

/// What is written of a judgement: the rows to fix, and the folder of an import.
package struct Outcome {
    let judgement: Judgement
    let messages: Messages
    let adopted: InputFile?
    let batches: BatchPlan?

    /// - Parameters:
    ///   - acceptedCharges: the number of paid packages somebody agreed to.
    ///   - adopted: the portal's own template, if it is known.
    package init(
        _ judgement: Judgement, messages: Messages, acceptedCharges: Int? = nil,
        adopted: InputFile? = nil
    ) {
        self.judgement = judgement
        self.messages = messages
        self.adopted = adopted
        guard let values = judgement.values, let known = judgement.known else {
            batches = nil
            return
        }
        batches = BatchPlan(
            values, settings: known.settings, acceptedCharges: acceptedCharges,
            language: messages.language)
    }

    package var effects: Effects { batches?.effects ?? Effects() }

    /// Writes the folder of an import: whole or not at all.
    ///
    /// - Throws: `OutputError`, and our own mistakes.
    package func write(toFolder path: String) throws {
        guard let batches else { return }
        var folder = try OutcomeFolder(path, ofWorkbook: judgement.request.workbook.sha256)
        var files = OutcomeFiles(folder: folder.partialPath)
        try files.write("report.json", JSONReport(judgement.facts(effects: effects), messages: messages))
        try files.write(batches)
        let checklist = Checklist(batches)
        if !checklist.isEmpty { try files.write("checklist.txt", Array(checklist.text.utf8)) }
        try files.write("manifest.json", manifest(of: batches, files.written).bytes)
        try folder.finish()
    }

    private func manifest(of plan: BatchPlan, _ files: [OutputFile]) -> Manifest {
        let request = judgement.request
        var manifest = Manifest(
            plan, files: files,
            workbook: .init(name: request.workbook.name, sha256: request.workbook.sha256),
            inputs: request.inputs.digests.map { .init(name: $0.name, sha256: $0.sha256) },
            today: request.inputs.today)
        manifest.isTemplateGuessed = adopted == nil
        return manifest
    }
}
