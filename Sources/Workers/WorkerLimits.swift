import CProcess

/// What one file may cost the process that judges it.
package struct WorkerLimits: Sendable {
    /// Seconds of processor time, all threads together, of a file of no size.
    package var processorSeconds = 10
    /// Bytes of parts, inflated, that are worth another second.
    package var bytesPerSecond = 10 << 20
    /// Seconds of processor time of the largest file.
    package var processorSecondsMax = 60
    /// Seconds from start to end, which the parent counts.
    package var wallSeconds = 120
    /// Resident bytes, which the parent measures: twice what a million rows take.
    package var residentSizeMax = 400 << 20
    /// Bytes of address space. A process of four threads has 290 MB of it before any work.
    package var addressSpaceMax = 1536 << 20
    /// Bytes of one file that is written. 0 would forbid temporary files.
    package var fileSizeMax = 4 << 30
    package var openFilesMax = 64

    package init() {}

    /// Seconds of processor time for a workbook.
    ///
    /// - Parameter inflatedSize: bytes of all its parts, as its archive declares them.
    package func processorSeconds(forInflatedSize size: UInt64) -> Int {
        let more = Int(clamping: size / UInt64(bytesPerSecond))
        return min(processorSeconds + min(more, processorSecondsMax), processorSecondsMax)
    }

    /// Binds the process that calls it, for good.
    ///
    /// - Parameter inflatedSize: as above.
    /// - Throws: `WorkerError` when the system refuses.
    package func bindProcess(forInflatedSize size: UInt64) throws(WorkerError) {
        let seconds = processorSeconds(forInflatedSize: size)
        let statuses = [
            rowgate_die_with_parent(), rowgate_gain_no_rights(), rowgate_leave_no_core(),
            rowgate_limit_processor_time(UInt(seconds)),
            rowgate_limit_memory(UInt(addressSpaceMax)),
            rowgate_limit_file_size(UInt(fileSizeMax)),
            rowgate_limit_open_files(UInt(openFilesMax)),
        ]
        guard statuses.allSatisfy({ $0 == 0 }) else { throw .system("limits") }
    }
}
