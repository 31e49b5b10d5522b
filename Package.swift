// swift-tools-version: 6.2

import PackageDescription

/// Every target is built alike: undeclared levels of import, missing `any` and warnings are errors.
let house: [SwiftSetting] = [
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
    .treatAllWarnings(as: .error),
]

/// `Tests/Fuzzing/run` builds the rooms with what libFuzzer and address sanitizer want to see, and
/// the target that feeds them; nobody else does.
let isFuzzing = Context.environment["ROWGATE_FUZZING"] != nil
let sanitizers = ["-sanitize=fuzzer,address"]
let watched: [SwiftSetting] =
    isFuzzing ? [.unsafeFlags(sanitizers + ["-enable-testing"])] : []

/// The command offers its symbols to nobody: their table, which is read at every start, and what
/// only they keep alive would be 2 to 3 MB of its memory. `ld.lld` comes with every toolchain.
let closed = ["-use-ld=lld", "-Xlinker", "--no-export-dynamic"]

/// One rung of the ladder: it may name lower rungs only (`Sources/README.md` has the map).
///
/// - Parameter isWatched: false for what tools of the build are made of, as nobody links those with
///   sanitizers.
func room(
    _ name: String,
    on lower: [Target.Dependency] = [],
    resources: [Resource] = [],
    plugins: [Target.PluginUsage] = [],
    isWatched: Bool = true
) -> Target {
    .target(
        name: name, dependencies: lower, exclude: [], resources: resources,
        swiftSettings: house + (isWatched ? watched : []), plugins: plugins)
}

/// - Parameter pages: what people read beside the tests.
func tests(
    of room: String, on others: [Target.Dependency] = [], pages: [String] = []
) -> Target {
    .testTarget(
        name: "\(room)Tests", dependencies: [.init(stringLiteral: room)] + others,
        exclude: pages, swiftSettings: house)
}

let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let arguments: Target.Dependency = .product(
    name: "ArgumentParser", package: "swift-argument-parser")

/// Without the web stack the engine builds and tests in a fraction of the time.
let isEngineOnly = Context.environment["ROWGATE_ENGINE_ONLY"] != nil || isFuzzing

let package = Package(
    name: "rowgate",
    products: [
        .executable(name: "rowgate", targets: ["rowgate"]),
        .library(name: "Gate", targets: ["Gate"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // Rung 0: system libraries, threads, and our own data files.
        .systemLibrary(
            name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(
            name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CProcess"),
        room("Threads"),
        room("Embedding", isWatched: false),

        // Rung 1: one thing each, knowing nothing of the others.
        room("Zip", on: ["CZlib", "Threads"]),
        room("XML", on: ["CLibXML2"]),
        room("Spreadsheet"),
        room("JSON"),
        room("Catalogue", on: ["Embedding"], plugins: ["EmbedText"]),
        room("Countries", plugins: ["EmbedText"]),

        // Rung 2: workbooks, and what is known about portals.
        room("XLSX", on: ["Threads", "Zip", "XML", "Spreadsheet", "Catalogue"]),
        room("Portals", on: ["Embedding", "Catalogue", yams], plugins: ["EmbedText"]),

        // Rung 3: the verdict on every row.
        room(
            "Validation",
            on: ["Threads", "Spreadsheet", "JSON", "Catalogue", "Countries", "Portals"]),

        // Rung 4: what comes of the verdict.
        room(
            "Reports",
            on: [
                "Threads", "Zip", "XML", "Spreadsheet", "JSON", "Catalogue", "Countries", "XLSX",
                "Portals", "Validation",
            ]),
        room(
            "Provisioning",
            on: [
                "Spreadsheet", "JSON", "Catalogue", "Countries", "Portals", "Validation", crypto,
            ]),

        // Rung 5: one workbook to one outcome.
        room(
            "Gate",
            on: [
                "Threads", "Zip", "XML", "Spreadsheet", "JSON", "Catalogue", "XLSX", "Portals",
                "Validation", "Reports", "Provisioning", crypto,
            ]),

        // What was accepted before.
        room(
            "Ledger",
            on: [
                "Spreadsheet", "Portals", "Validation", "Provisioning", crypto, grdb, sqlite,
            ]),

        // Rung 6: the same in a process of its own, and with a memory.
        room("Workers", on: ["CProcess", "Catalogue", "Gate"]),
        room(
            "Imports",
            on: [
                "Spreadsheet", "JSON", "Catalogue", "XLSX", "Portals", "Validation", "Reports",
                "Provisioning", "Gate", "Ledger", crypto,
            ]),

        // Rung 8: the command line.
        .executableTarget(
            name: "rowgate",
            dependencies: [
                "CProcess", "Threads", "Zip", "XML", "Spreadsheet", "JSON", "Catalogue", "XLSX",
                "Portals", "Validation", "Reports", "Provisioning", "Gate", "Ledger", "Workers",
                "Imports", arguments,
            ],
            swiftSettings: house,
            linkerSettings: [.unsafeFlags(closed, .when(platforms: [.linux]))]),

        // Beside the ladder: data files become Swift text when the package is built.
        .executableTarget(
            name: "embed-text", dependencies: ["Embedding", yams], path: "Sources/EmbedText",
            swiftSettings: house),
        .plugin(
            name: "EmbedText", capability: .buildTool(), dependencies: ["embed-text"],
            path: "Sources/EmbedTextPlugin"),

        tests(of: "Threads"),
        tests(of: "Embedding"),
        tests(of: "Zip"),
        tests(of: "XML"),
        tests(of: "Spreadsheet"),
        tests(of: "JSON"),
        tests(of: "Catalogue"),
        tests(of: "Countries"),
        tests(
            of: "XLSX", on: ["Zip", "XML", "Spreadsheet", "Catalogue"],
            pages: ["known-differences.md"]),
        tests(of: "Portals", on: ["Catalogue"]),
        tests(of: "Validation", on: ["Spreadsheet", "Catalogue", "Countries", "Portals"]),
        tests(
            of: "Reports",
            on: ["Zip", "Spreadsheet", "Catalogue", "XLSX", "Portals", "Validation"]),
        tests(of: "Provisioning", on: ["Spreadsheet", "Catalogue", "Portals", "Validation"]),
        tests(
            of: "Gate",
            on: [
                "Zip", "Spreadsheet", "Catalogue", "XLSX", "Portals", "Validation", "Reports",
                "Provisioning",
            ]),
        tests(of: "Workers", on: ["Catalogue", "Gate"]),
        tests(
            of: "Ledger",
            on: ["Spreadsheet", "Catalogue", "Portals", "Validation", "Provisioning", grdb]),
        .testTarget(name: "RowgateTests", dependencies: ["Catalogue"], swiftSettings: house),
        .testTarget(name: "TidyTests", swiftSettings: house),

        // What `make bench` times.
        .executableTarget(
            name: "write-benchmark", dependencies: ["XLSX", "Zip"],
            path: "Tests/Benchmarks/WriteBenchmark", swiftSettings: house),
    ],
    swiftLanguageModes: [.v6]
)

if !isEngineOnly {
    package.dependencies += [
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1",
            traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.34.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.9.0"),
    ]
    // Rung 7: pages and a REST interface over what is remembered.
    package.targets += [
        room(
            "Server",
            on: [
                "Embedding", "Zip", "Catalogue", "Countries", "Spreadsheet", "JSON", "XLSX",
                "Portals", "Validation", "Gate", "Ledger", "Workers", crypto,
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            plugins: ["EmbedText"]),
        tests(
            of: "Server",
            on: [
                "Portals", "Ledger",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
            ]),
    ]
    for target in package.targets where target.name == "rowgate" {
        target.dependencies.append("Server")
    }
}

if isFuzzing {
    package.targets.append(
        .executableTarget(
            name: "fuzz",
            dependencies: ["Zip", "XML", "Spreadsheet", "Catalogue", "XLSX", "Validation"],
            path: "Tests/Fuzzing", exclude: ["README.md", "Seeds", "run", "xml.dict"],
            swiftSettings: house + watched,
            linkerSettings: [.unsafeFlags(sanitizers + ["-use-ld=lld"])]))
}
