package import Validation

/// What is to be judged, and what may be known about it.
///
/// - Note: `memory` is asked once the workbook is read, as it is then known what must be.
package struct GateRequest: Sendable {
    /// What becomes of rows that are hidden or filtered away.
    package enum HiddenRows: String, Sendable, CaseIterable {
        /// Judged like all others.
        case take
        /// Counted and set apart.
        case leave
    }

    package var workbook: InputFile
    /// Nil: the portal is recognised from the workbook.
    package var portal: String?
    package var inputs: KnownInputs
    /// Nil: judged like all others, and whoever asked decides.
    package var hiddenRows: HiddenRows?
    /// What was written in cells since; later ones win.
    package var corrections: [Correction] = []
    /// What is remembered of earlier workbooks; nil: nothing is.
    package var memory: (@Sendable (KnownQuestion) throws -> KnownAnswer)?
    /// Filled rows that are taken, of all sheets together.
    package var rowCountMax = Int.max
    /// Threads at work, from 1. What comes out does not depend on it.
    package var threadCount = 1

    package init(_ workbook: InputFile, portal: String? = nil, inputs: KnownInputs) {
        self.workbook = workbook
        self.portal = portal
        self.inputs = inputs
    }
}
