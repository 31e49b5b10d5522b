import CProcess
import Gate
import Glibc

/// A worker under way: its process and the pipes from it.
struct WorkerProcess: ~Copyable {
    /// Milliseconds between two looks at its memory and the clock.
    private static let lookInterval: Int32 = 50
    /// Bytes that are kept of what it said last.
    private static let saidSizeMax = 4_096

    let id: pid_t
    private let start = ContinuousClock.now
    private var said: WorkerPipe
    private var told: WorkerPipe
    private var residentSize = 0
    private var progress: GateProgress?
    private var timeLeft: TimeLeft

    /// - Parameters:
    ///   - environment: `NAME=value`; all that it gets of this process's.
    ///   - isQuiet: whether what it prints goes nowhere.
    ///   - isAccepting: whether what comes of the file is accepted.
    init(
        _ executable: String, _ arguments: [String], environment: [String], isQuiet: Bool,
        isAccepting: Bool
    ) throws(WorkerError) {
        var said = try WorkerPipe()
        var told = try WorkerPipe()
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, said.writeEnd, STDERR_FILENO)
        posix_spawn_file_actions_adddup2(&actions, told.writeEnd, WorkerProgress.descriptor)
        if isQuiet {
            posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        }
        // Whatever else is open here is none of its business.
        rowgate_close_from(&actions, WorkerProgress.descriptor + 1)
        var attributes = Self.attributes()
        defer { posix_spawnattr_destroy(&attributes) }
        let (argv, envp) = (Self.strings([executable] + arguments), Self.strings(environment))
        defer { for string in argv + envp { free(string) } }
        var process = pid_t()
        let status = posix_spawn(&process, executable, &actions, &attributes, argv, envp)
        guard status == 0 else { throw .system("start", errno: status) }
        said.closeWriteEnd()
        told.closeWriteEnd()
        id = process
        self.said = said
        self.told = told
        timeLeft = TimeLeft(isAccepting: isAccepting)
    }

    /// A group of its own, so that whatever it starts ends with it, and every signal as the system
    /// has it, whatever this process does with its own.
    private static func attributes() -> posix_spawnattr_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        return attributes
    }

    /// Texts as C has them; the last one is none.
    private static func strings(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
        texts.map { strdup($0) } + [nil]
    }

    /// Reads what it says and tells until it has ended, and ends it at its limits, or when it is
    /// told to stop.
    mutating func wait(
        within limits: WorkerLimits, until stop: WorkerStop, progress: (WorkerSight) -> Void
    ) -> WorkerReport {
        var reason: WorkerEnd?
        while said.isOpen || told.isOpen {
            var polled = [
                pollfd(fd: said.readEnd, events: Int16(POLLIN), revents: 0),
                pollfd(fd: told.readEnd, events: Int16(POLLIN), revents: 0),
            ]
            poll(&polled, 2, Self.lookInterval)
            if polled[0].revents != 0 { said.read(keeping: Self.saidSizeMax) }
            if polled[1].revents != 0 {
                told.read(keeping: Self.saidSizeMax)
                self.progress = WorkerProgress.last(in: told.bytes) ?? self.progress
            }
            if let sight { progress(sight) }
            if reason == nil { reason = endIfDue(limits, stop) }
        }
        return end(reason, within: limits, until: stop)
    }

    /// How far it is at this moment; nil until it said so.
    private var sight: WorkerSight? {
        mutating get {
            guard let progress else { return nil }
            let seconds = start.duration(to: .now) / .seconds(1)
            return WorkerSight(
                progress, seconds: seconds,
                secondsLeft: timeLeft.seconds(of: progress, after: seconds))
        }
    }

    private mutating func endIfDue(_ limits: WorkerLimits, _ stop: WorkerStop) -> WorkerEnd? {
        let reason: WorkerEnd? =
            stop.isStopped ? .stopped : exceeded(limits).map { .limited($0) }
        if reason != nil { kill(-id, SIGKILL) }
        return reason
    }

    /// The limit it is beyond, as seen from outside.
    private mutating func exceeded(_ limits: WorkerLimits) -> WorkerLimit? {
        residentSize = max(residentSize, Self.residentSize(of: id))
        if residentSize > limits.residentSizeMax { return .memory }
        return start.duration(to: .now) > .seconds(limits.wallSeconds) ? .wallTime : nil
    }

    /// Waits for the process, whose pipes are closed. Nearly always it ends with them, but it may
    /// have closed them and live on.
    private mutating func end(
        _ reason: WorkerEnd?, within limits: WorkerLimits, until stop: WorkerStop
    ) -> WorkerReport {
        var reason = reason
        var status: Int32 = 0
        var usage = rusage()
        var nap: Int32 = 1
        while true {
            let ended = wait4(id, &status, WNOHANG, &usage)
            if ended > 0 || ended < 0 && errno != EINTR { break }
            if reason == nil { reason = endIfDue(limits, stop) }
            poll(nil, 0, nap)
            nap = min(nap * 2, Self.lookInterval)
        }
        let cost = WorkerCost(
            processorSeconds: Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime),
            wallSeconds: start.duration(to: .now) / .seconds(1),
            residentSize: max(residentSize, usage.ru_maxrss << 10))
        let words = String(decoding: said.bytes, as: UTF8.self)
        return WorkerReport(end: Self.end(of: status, reason, words), said: words, cost: cost)
    }

    /// - Parameter status: as `wait` gives it: the signal in the lower seven bits, else the exit
    ///   status in the next byte.
    private static func end(_ status: Int32, _ said: String) -> WorkerEnd {
        let signal = status & 0x7F
        switch signal {
        case 0: return .exited(status >> 8 & 0xFF)
        case SIGXCPU: return .limited(.processorTime)
        case SIGXFSZ: return .limited(.fileSize)
        default:
            // What the Swift runtime and the C++ library say when there is no more address space.
            let lacksMemory = ["Could not allocate memory", "bad_alloc", "out of memory"]
                .contains { said.contains($0) }
            return lacksMemory ? .limited(.memory) : .crashed(signal: signal)
        }
    }

    private static func end(
        of status: Int32, _ reason: WorkerEnd?, _ said: String
    ) -> WorkerEnd {
        // It may have come to its end in the very moment in which it was to be ended.
        if let reason, status & 0x7F == SIGKILL { return reason }
        return end(status, said)
    }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1e6
    }

    /// Resident bytes of a process; 0 when it has ended.
    private static func residentSize(of process: pid_t) -> Int {
        guard let file = fopen("/proc/\(process)/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 128)
        guard fgets(&line, 128, file) != nil else { return 0 }
        let fields = String(decoding: line.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            .split(separator: " ")
        return fields.count > 1 ? (Int(fields[1]) ?? 0) * sysconf(Int32(_SC_PAGESIZE)) : 0
    }
}
