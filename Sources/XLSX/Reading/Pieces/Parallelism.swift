/// How much is done at once. What is read does not depend on it.
package struct Parallelism: Sendable {
    /// Threads at work, from 1.
    package var threadCount = 1
    /// Bytes of a part that are parsed at once, of which a few are in memory; nil: parts are never
    /// cut. Half a MiB stays in the caches of a core, and starting a parser for it costs nothing to
    /// speak of.
    package var pieceSizeBytes: Int? = 512 * 1024

    package init(threadCount: Int = 1) { self.threadCount = threadCount }
}
