package import Gate

extension Site {
    /// The limits of a site in words, as `LimitTable` has those of files.
    package static var limitTable: [LimitTable.Limit] {
        [
            .init(
                "uploads an hour", SiteLimits.uploadsPerHourMax, "workbooks of one company",
                "Nobody keeps others waiting; serve --uploads-per-hour takes another number."),
            .init(
                "uploads that wait", SiteLimits.waitingCountMax, "uploads of one company",
                "They take disk until they are checked."),
            .init(
                "connections", SiteLimits.connectionCountMax, "at the same time",
                "Each takes memory and an open file."),
            .init(
                "connections of an address", SiteLimits.connectionsOfMachineMax,
                "at the same time, any number from the server's own machine",
                "Nobody takes all there are; serve --connections-per-address takes another number."
            ),
            .init(
                "wrong passwords", SiteLimits.signInBurst,
                "of the whole site at once, and \(SiteLimits.signInsPerSecond) a second",
                "Working one out takes a tenth of a second of a processor."),
        ]
    }
}
