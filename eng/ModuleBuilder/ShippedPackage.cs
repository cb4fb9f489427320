using System.Xml.Linq;

namespace ChatPS.ModuleBuilder;

/// <summary>A package whose assemblies are part of the module, as its own files describe it.</summary>
internal sealed record ShippedPackage(string Id, string Version)
{
    // Older packages name no licence but an address.
    private static readonly Dictionary<string, string> KnownAddresses = new(StringComparer.OrdinalIgnoreCase)
    {
        ["https://github.com/dotnet/corefx/blob/master/LICENSE.TXT"] = "MIT",
        ["http://go.microsoft.com/fwlink/?LinkId=329770"] = "Microsoft .NET Library License",
    };

    private static readonly EnumerationOptions RootAndFoldersInIt = new() { MatchCasing = MatchCasing.CaseInsensitive, RecurseSubdirectories = true, MaxRecursionDepth = 1 };

    public required string Licence { get; init; }

    public required string Copyright { get; init; }

    public required string Project { get; init; }

    /// <summary>The licence as the package brings it; empty where it only names it.</summary>
    public string LicenceText { get; init; } = "";

    /// <summary>What the package says about others whose work is in it.</summary>
    public string Notices { get; init; } = "";

    public override string ToString() => $"{Id} {Version}";

    /// <param name="folder">The folder where NuGet has unpacked the package.</param>
    public static ShippedPackage Read(string folder)
    {
        var manifest = XDocument.Load(Directory.EnumerateFiles(folder, "*.nuspec").Single());
        var metadata = manifest.Root!.Elements().Single(element => element.Name.LocalName == "metadata").Elements().ToLookup(element => element.Name.LocalName, StringComparer.Ordinal);
        var licence = metadata["license"].FirstOrDefault();

        return new ShippedPackage(Value("id"), Value("version"))
        {
            Licence = licence is null ? KnownAddresses.GetValueOrDefault(Value("licenseUrl"), Value("licenseUrl"))
                : (string?)licence.Attribute("type") == "expression" ? licence.Value
                : $"file {licence.Value}",
            Copyright = Value("copyright") is { Length: > 0 } copyright ? copyright : $"Copyright (c) {Value("authors")}",
            Project = Value("projectUrl"),
            LicenceText = Text("LICENSE*", "dotnet_library_license.txt"),
            Notices = Text("THIRD-PARTY-NOTICES*"),
        };

        string Value(string name) => metadata[name].FirstOrDefault()?.Value.Trim() ?? "";

        string Text(params string[] patterns) => string.Join("\n\n", patterns
            .SelectMany(pattern => Directory.EnumerateFiles(folder, pattern, RootAndFoldersInIt))
            .Order(StringComparer.Ordinal)
            .Select(path => File.ReadAllText(path).ReplaceLineEndings("\n").Trim()));
    }
}
