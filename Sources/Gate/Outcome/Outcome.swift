package import Catalogue
import Portals
import Provisioning
import Reports
package import Validation

/// What is written of a judgement: the rows to fix, the folder of an import.
package struct Outcome {
    let judgement: Judgement
    let messages: Messages
    let batches: BatchPlan?

    /// - Parameter acceptedCharges: the number of paid packages somebody agreed to.
    package init(_ judgement: Judgement, messages: Messages, acceptedCharges: Int? = nil) {
        self.judgement = judgement
        self.messages = messages
        guard let plan = judgement.plan, let store = judgement.store,
            let verdicts = judgement.verdicts, let known = judgement.known
        else {
            batches = nil
            return
        }
        batches = BatchPlan(
            RecordValues(store, verdicts, of: plan.definition), settings: known.settings,
            acceptedCharges: acceptedCharges, language: messages.language)
    }

    package var effects: Effects { batches?.effects ?? Effects() }
}
