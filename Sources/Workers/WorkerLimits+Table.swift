package import Gate

extension WorkerLimits {
    /// The limits in words, as `LimitTable` has those of files.
    package var table: [LimitTable.Limit] {
        [
            .init(
                "worker's processor time", processorSeconds, "seconds",
                "For a small file; every \(bytesPerSecond >> 20) MiB inflated are worth one more."),
            .init(
                "worker's processor time at most", processorSecondsMax, "seconds",
                "A million rows and all that is written of them take about half of it."),
            .init(
                "worker's time", wallSeconds, "seconds",
                "Nobody should wait longer to be told that a file can't be checked."),
            .init(
                "worker's memory", residentSizeMax, "bytes", "Twice what a million rows take."),
            .init(
                "worker's address space", addressSpaceMax, "bytes",
                "Four threads have 290 MB of it before any work."),
            .init(
                "worker's files", fileSizeMax, "bytes",
                "What is written of the largest workbook stays far below it."),
            .init(
                "worker's open files", openFilesMax, "files", "An import opens a dozen at once."),
        ]
    }
}
