import ArgumentParser

/// What the process ends with (64 to 75 as in sysexits.h).
enum ExitStatus {
    /// Every row accepted or unchanged.
    static let allReady = ExitCode(0)
    static let someToFix = ExitCode(1)
    /// The workbook can't be judged.
    static let notJudged = ExitCode(2)
    /// What was approved is not what would be done now.
    static let changedSince = ExitCode(3)
    static let usage = ExitCode(64)
    static let ourFault = ExitCode(70)
    static let cannotWrite = ExitCode(73)
    /// Others were at it.
    static let tryAgain = ExitCode(75)
}
