package import Catalogue
import Portals
package import Spreadsheet
package import Validation

/// What an import made, from what, and what it will do: `manifest.json` beside the batches.
///
/// One JSON object, in this order, without spaces (here with some, to be read):
///
/// ```json
/// {"warnings": [{"code": "domain.unverified", "message": "…"}],
///  "portal": "studio", "definitionVersion": 1, "today": "2026-01-31",
///  "workbook": {"name": "customers.xlsx", "sha256": "…"},
///  "inputs": {"directories": "…", "existing": null, "settings": null},
///  "counts": {"rows": 3, "accepted": 2, "rejected": 1, "unchanged": 0, "leftOut": 0, "blank": 0,
///             "hidden": 0},
///  "effects": {"added": 2, "updated": 0, "deleted": 0,
///              "changes": [{"sheet": "customers", "action": "Create", "count": 2}],
///              "paid": [{"package": "Gold", "count": 2, "price": "12.50", "currency": "GBP",
///                        "per": "month", "sum": "25.00"}],
///              "paidCount": 2, "trials": [{"date": null, "count": 1}],
///              "mails": [{"kind": "studio.invite", "count": 2}]},
///  "operations": 5, "held": 1, "template": {"guessed": true},
///  "files": [{"name": "batch-0001.jsonl", "sha256": "…", "operations": 5, "held": 1},
///            {"name": "upload.xlsx", "sha256": "…", "operations": null, "held": 0}]}
/// ```
///
/// A price that is not known is `null`, never 0.
package struct Manifest: Sendable {
    /// What people must know before anything else: that names were not checked, for one.
    package var warnings: [Warning] = []
    package var portal: String
    package var definitionVersion: Int
    package var today: CivilDate
    package var workbook: InputFile
    /// What else the verdict rests on: directories by their ids, existing records, settings.
    package var inputs: [InputFile] = []
    package var counts: RowCounts
    package var effects: Effects
    /// Whether the portal's own template is not known, so that `upload.xlsx` is made up.
    package var isTemplateGuessed = false
    /// The batches in order, then other files.
    package var files: [OutputFile] = []

    /// One sentence that is said first.
    package struct Warning: Sendable, Equatable {
        package var code: Code
        package var message: String

        package init(_ code: Code, message: String) {
            self.code = code
            self.message = message
        }
    }

    /// A file that was read.
    package struct InputFile: Sendable, Equatable {
        package var name: String
        /// 64 lower-case hexadecimal digits; nil: not given.
        package var sha256: String?

        package init(name: String, sha256: String?) {
            self.name = name
            self.sha256 = sha256
        }
    }

    /// A manifest of one plan and the files that were written of it.
    package init(
        _ plan: BatchPlan, files: [OutputFile], workbook: InputFile, inputs: [InputFile] = [],
        today: CivilDate
    ) {
        let definition = plan.values.definition
        portal = definition.portal
        definitionVersion = definition.version
        counts = RowCounts(plan.values.store, plan.values.verdicts)
        effects = plan.effects
        self.today = today
        self.workbook = workbook
        self.inputs = inputs
        self.files = files
    }

    /// How many operations the batches hold.
    package var operationCount: Int { files.reduce(0) { $0 + ($1.operationCount ?? 0) } }
    /// How many of them wait until somebody accepts what they cost.
    package var heldCount: Int { files.reduce(0) { $0 + $1.heldCount } }
}
