/// What one request may take of a site.
enum SiteLimits {
    /// Bytes of a workbook: what `Gate` takes, and what surrounds it in a form.
    static let uploadSizeMax = 128 << 20
    /// Bytes of a form without files.
    static let formSizeMax = 1 << 20
    /// Bytes of a form around its file: boundaries and the heads of parts.
    static let partHeadSizeMax = 16 << 10
    /// Parts of a form.
    static let partCountMax = 16
    /// Seconds that any body may take, and the bytes a second that it must come with beyond them.
    static let bodySeconds = 30
    static let bodyBytesPerSecond = 64 << 10
    /// Bodies that are received at the same time, all and of one reseller: a few keep a disk busy.
    static let receivingCountMax = 64
    static let receivingOfResellerMax = 32
    /// Seconds for which others wait: less than what idles has.
    static let receivingWaitSeconds = 20
    /// Seconds between two looks at whether a body comes as fast as it must to keep its place.
    static let receivingLookSeconds = 1
    /// Bytes that a connection is read at once: a dozen times as much waits in memory.
    static let readSize = 4 << 10
    /// Seconds after which who was refused may try again, and for which what they still send is let
    /// go by.
    static let retrySeconds = 60
    static let refusedSeconds = 30
    /// Seconds from the first byte of a request's head to its last.
    static let headSeconds = 10
    /// Seconds without a request after which a connection is closed.
    static let idleSeconds = 30
    /// Seconds that requests under way have when the process is told to end.
    static let endSeconds: Int64 = 5
    /// Connections at the same time.
    static let connectionCountMax = 2_000
    /// Of one machine: a browser has six, and an office has a few browsers behind one address.
    static let connectionsOfMachineMax = 64
    /// Files open at the same time: one for each connection, and those of uploads and workers.
    static let openFileCountMax: UInt = 4_096
    /// Bytes of all fields of a request's head.
    static let headSizeMax = 32 << 10
    static let headFieldCountMax = 100
    /// Uploads of one reseller that nobody has looked at yet.
    static let waitingCountMax = 1_000
    /// Workbooks that one reseller hands in within an hour.
    static let uploadsPerHourMax = 60
    static let hourSeconds = 60 * 60
    /// Seconds after which what nobody goes on with is a leftover: more than any upload may take.
    static let leftoverSeconds = 60 * 60
    /// Seconds after which work is tried again for which the machine had nothing left.
    static let shortageSeconds = 5
    /// Bytes that stay free on the disk.
    static let freeSizeMin = 256 << 20
    /// Seconds without a request after which a session ends, and after which it ends anyway.
    static let sessionIdleSeconds = 30 * 60
    static let sessionSeconds = 12 * 60 * 60
    /// Seconds that a session's last use may be older than it is remembered as.
    static let sessionTouchSeconds = 60
    /// Seconds that a link to set a password is good for.
    static let linkSeconds = 7 * 24 * 60 * 60
    /// Wrong passwords of the whole site: at once, and a second; and how long who comes then waits.
    /// Working one out takes a tenth of a second of a processor.
    static let signInBurst = 300
    static let signInsPerSecond = 5
    static let signInWaitSeconds = 5
    /// Letters of a password, and its bytes.
    static let passwordLengthMin = 8
    static let passwordSizeMax = 1_024
    /// Rows with problems on a page of an upload: with three problems each a page has 60 kB.
    static let rowsPerPage = 12
    /// Uploads of a portal on a page of its past ones.
    static let uploadsPerPage = 50
    /// Uploads, steps and entries that a page lists.
    static let listCountMax = 100
    /// No upload and no history has as many.
    static let pageNumberMax = 1_000_000
    static let stepsShownMax = 100
    /// Bytes of a step's line above which not all of it is decoded.
    static let stepLineSizeMax = 1 << 18
    /// Customers on a page of a list, columns of its table, and characters of a cell there.
    static let recordsPerPage = 50
    static let columnCountMax = 5
    static let cellLengthMax = 80
    /// Characters that are searched for.
    static let searchLengthMax = 200
    /// Names that a field offers.
    static let namesCountMax = 500
    /// Words of a list that is shown whole: of a longer one nobody finds any at a glance.
    static let optionCountMax = 25
    /// Characters of the name of a form's workbook, without its ending.
    static let fileNameLengthMax = 100
    /// How long a form waits for its check, and how long between two looks at it.
    static let formWaitSeconds = 2
    static let formPollMilliseconds = 50
    /// Days before its end from which a trial is pointed out, and how many of a portal's are named.
    static let trialDayCount = 14
    static let trialsShownMax = 10
    /// Days after which somebody is reminded of an invitation without an answer.
    static let answerDayCount = 7
    /// Things to take back by hand that the page of a batch lists.
    static let handLinesShownMax = 100
    /// Customers on a page for finance.
    static let customersOnPaper = 500
    /// Rows of a table of settings.
    static let settingRowCountMax = 500
    /// Bytes of a request in JSON.
    static let jsonSizeMax = 64 << 10
    /// Things on a page that a program asks for, and where it does not say how many.
    static let pageCountMax = 500
    static let pageCount = 50
    /// Programs that somebody lets in, and bytes of what they are called.
    static let tokenCountMax = 50
    static let tokenNameSizeMax = 100
    /// Bytes of a key of a request, and the seconds for which it is remembered.
    static let keySizeMax = 255
    static let keySeconds = 24 * 60 * 60
    /// Streams of events at the same time, all and of one reseller; and seconds of each.
    static let streamCountMax = 200
    static let streamsOfResellerMax = 20
    static let streamSeconds = 60 * 60
    /// Seconds after which a stream says that it is still there: less than what idles has.
    static let streamPauseSeconds = 10
}
