using System.Text.RegularExpressions;
using ChatPS.ModuleBuilder;

namespace ChatPS.Module.Tests;

/// <summary>Each command and each parameter of ours that a message, a piece of advice or a page names is there.</summary>
public sealed partial class NameTests
{
    // Of pwsh itself.
    private static readonly string[] OtherParameters = ["NonInteractive"];

    private static readonly IReadOnlyList<CmdletDeclaration> Cmdlets = CmdletReader.Read(new ModuleAssemblies(BuildInfo.ModuleFor("net8.0")).Cmdlets.GetExportedTypes());

    // What the families of generations take of their own, which PowerShell is told while a command is typed; a test holds the page to them.
    private static readonly string[] OfGenerations =
    [
        .. File.ReadLines(Path.Combine(BuildInfo.RepositoryRoot, "docs/about/about_ChatPS_Generations.md"))
            .Select(line => Taken().Match(line))
            .SelectMany(taken => taken.Groups["names"].Value.Split(", "))
            .Select(name => name.TrimEnd('*'))
            .Where(name => name.Length > 0)
            .Distinct(StringComparer.Ordinal),
    ];

    private static readonly string[] InBatches = ["Invoke-ChatCompletion", "Invoke-ChatTextCompletion", "Get-ChatEmbedding", "Test-ChatModeration"];

    private static readonly HashSet<string> AllParameters = [.. Cmdlets.SelectMany(Names), .. OfGenerations, .. HelpChecker.CommonParameters, .. OtherParameters];

    public static TheoryData<string> Pages =>
    [
        .. Directory.GetFiles(Path.Combine(BuildInfo.RepositoryRoot, "docs"), "*.md", SearchOption.AllDirectories)
            .Append(Path.Combine(BuildInfo.RepositoryRoot, "README.md"))
            .Select(path => Path.GetRelativePath(BuildInfo.RepositoryRoot, path)),
    ];

    [Theory]
    [InlineData("net8.0")]
    [InlineData("net472")]
    public void Messages_NamesInThem_AreThere(string framework)
    {
        string[] texts = [.. Directory.GetFiles(BuildInfo.ModuleFor(framework), "ChatPS*.dll", SearchOption.AllDirectories).SelectMany(UserStrings.Read)];

        Assert.Contains(texts, text => text.Contains("Connect-ChatService", StringComparison.Ordinal));
        Assert.Equal([], texts.SelectMany(Missing));
    }

    [Fact]
    public void Defaults_NamesInThem_AreThere() =>
        Assert.Equal([], Cmdlets.SelectMany(cmdlet => cmdlet.Parameters).Select(parameter => parameter.DefaultValue).OfType<string>().SelectMany(Missing));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Pages_NamesInThem_AreThere(string page) =>
        Assert.Equal([], File.ReadLines(Path.Combine(BuildInfo.RepositoryRoot, page)).SelectMany(Missing));

    [Theory]
    [InlineData("Use Get-ChatModel -Id or -MaxRetry.", null)]
    [InlineData("Import-Module ChatPS -Force", null)]
    [InlineData("Get-Help Get-ChatModel -Full", null)]
    [InlineData("Start-ChatGeneration -BotType NIJI_JOURNEY", null)]
    [InlineData("Get-ChatGeneration -BotType NIJI_JOURNEY", "Get-ChatGeneration -BotType")]
    [InlineData("ConvertFrom-ChatSmoke makes text of it.", "ConvertFrom-ChatSmoke")]
    [InlineData("Get-Help ConvertFrom-ChatSmoke -Full", "Get-Help ConvertFrom-ChatSmoke")]
    [InlineData("Give it with -Colour.", "-Colour")]
    [InlineData("Get-ChatModel -Temperature 0", "Get-ChatModel -Temperature")]
    [InlineData("`Import-Module -Force` or `-Forced`", "-Forced")]
    public void Missing_InAText_IsWhatIsNotThere(string text, string? missing) =>
        Assert.Equal(missing is null ? [] : [$"{missing} in: {text}"], Missing(text));

    private static IEnumerable<string> Missing(string text)
    {
        string? command = null;
        Stack<string?> outer = new();
        foreach (Match word in Word().Matches(text))
        {
            switch (word)
            {
                case { Value: "(" or "{" }:
                    outer.Push(command);
                    command = null;
                    break;
                case { Value: ")" or "}" }:
                    outer.TryPop(out command);
                    break;
                case { Groups: var groups } when groups["command"].Success:
                    command = groups["command"].Value;
                    if (!IsKnown(command, groups["parameter"].Value) || groups["argument"].Captures.Any(argument => !IsKnown(argument.Value, "")))
                    {
                        yield return $"{word.Value} in: {text}";
                    }

                    break;
                case { Value: ['-', .. var parameter] }:
                    // What follows a command of another module is that module's.
                    if ((command is null || IsOurs(command)) && !AllParameters.Contains(parameter))
                    {
                        yield return $"{word.Value} in: {text}";
                    }

                    break;
                default:
                    command = null;
                    break;
            }
        }
    }

    // A parameter right behind its command; a sentence may go on to name others.
    private static bool IsKnown(string command, string parameter) =>
        !IsOurs(command)
        || (Cmdlets.FirstOrDefault(cmdlet => cmdlet.Name == command) is { } cmdlet
            && (parameter.Length == 0 || HelpChecker.CommonParameters.Contains(parameter) || Names(cmdlet).Contains(parameter, StringComparer.Ordinal)));

    private static bool IsOurs(string command) => command.Contains("-Chat", StringComparison.Ordinal);

    private static IEnumerable<string> Names(CmdletDeclaration cmdlet) =>
        cmdlet.Parameters.SelectMany(parameter => parameter.Aliases.Prepend(parameter.Name)).Concat(Dynamic(cmdlet));

    // What a batch is handed in with are the parameters of the command that would ask live.
    private static IEnumerable<string> Dynamic(CmdletDeclaration cmdlet) => cmdlet.Name switch
    {
        "Start-ChatBatch" => Cmdlets.Where(target => InBatches.Contains(target.Name)).SelectMany(Names),
        _ when cmdlet.HasDynamicParameters => OfGenerations,
        _ => [],
    };

    [GeneratedRegex(@"^- .* Takes (?<names>[A-Za-z*, ]+)\.$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Taken();

    // A command whose name is the argument of another one, as in Get-Help Get-ChatModel, takes no parameters.
    [GeneratedRegex(
        @"(?<command>\b[A-Z][A-Za-z]+-[A-Z][A-Za-z]+|\bShould\b|[\w/]+\.ps1)((\s(?<argument>[A-Z][A-Za-z]+-[A-Z][A-Za-z]+))+|\s-(?<parameter>[A-Z]\w*))?|(?<![\w./\\-])-[A-Z]\w*|[|;`(){}]|\.\s",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Word();
}
