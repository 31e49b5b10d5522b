import XML

/// Where a part goes block by block, whatever the archive is written to.
///
/// Sheets know only this, so that their code is not generic, and so that compressing may move to
/// another thread: a block handed over is not looked at again.
protocol PartSink: AnyObject {
    /// Writes the bytes gathered so far into the part that is open, and empties the writer.
    func flush(_ xml: inout XMLWriter) throws(WorkbookWriterError)
}
