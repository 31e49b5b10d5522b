/// How far the work on a workbook is.
package struct GateProgress: Sendable, Equatable {
    /// What is done with it, in this order.
    package enum Stage: String, Sendable, CaseIterable { case reading, judging, writing }

    package var stage: Stage
    /// Rows read so far.
    package var rowCount: Int
    /// Bytes of the file with rows and their texts: those read so far, and all that will be.
    package var sizeRead: Int
    package var size: Int

    /// The same work, at another stage.
    package func at(_ stage: Stage) -> GateProgress {
        GateProgress(stage, rowCount: rowCount, sizeRead: sizeRead, size: size)
    }

    package init(_ stage: Stage, rowCount: Int = 0, sizeRead: Int = 0, size: Int = 0) {
        self.stage = stage
        self.rowCount = rowCount
        self.sizeRead = sizeRead
        self.size = size
    }
}
