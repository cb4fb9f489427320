using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ChatPS.Client.Tests.House;

/// <summary>
/// Pages name models that live, and code names none. The ends that are known stand in docs/models.json. The test goes by today's date
/// on purpose: whoever copies an example next month wants it to work, too.
/// </summary>
public sealed class ModelNameTests
{
    private static readonly TimeSpan Notice = TimeSpan.FromDays(90);

    private static readonly string[] Endings = [".md", ".json", ".ps1xml", ".psd1", ".txt"];

    // Texts of the source that hold what looks like a vendor's model, and must.
    private static readonly string[] Needed =
    [
        // What gateways put before the id of a GPT.
        "src/ChatPS.Client/Gpts/GptId.cs: gpt-4-gizmo-",

        // The sandbox plays that models of that age know no schemas.
        "src/ChatPS.Sandbox/Families/Anthropic/MessagesRequest.cs: claude-3",
    ];

    private static readonly Regex Text = new("\"(?:[^\"\\\\]|\\\\.)*\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));

    private static readonly Regex Vendors = new(
        @"(?<![\w.-])(gpt-\d|claude-(opus|sonnet|haiku|mythos|fable|\d)|gemini-\d|o[134](-mini|-pro)?(?![\w-])|(kimi|moonshot|llama|qwen|mistral|grok|glm)-?[a-z]?\d|tts-1|whisper-1|text-embedding-[a3]|dall-e-\d|deepseek-(v\d|chat|reasoner))[\w.-]*",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(5));

    [Fact]
    public void Pages_All_NameNoModelThatEndsWithinNinetyDays()
    {
        using JsonDocument known = JsonDocument.Parse(Repository.Read("docs", "models.json"));
        DateTime read = Day(known.RootElement.GetProperty("read"));
        DateTime today = DateTime.UtcNow.Date > read ? DateTime.UtcNow.Date : read;
        string[] ending = [.. known.RootElement.GetProperty("ends").EnumerateArray().Where(end => Day(end.GetProperty("ends")) - today < Notice).Select(end => end.GetProperty("model").GetString()!)];
        Regex names = new($@"(?<![\w.-])({string.Join('|', ending.Select(Regex.Escape))})(?![\w-]|\.\d)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));

        string[] found = [.. Pages().SelectMany(page => names.Matches(Repository.Read(page)).Select(match => $"{page}: {match.Value}")).Distinct(StringComparer.Ordinal)];

        Assert.NotEmpty(ending);
        Assert.Empty(found);
    }

    [Fact]
    public void Source_All_HasNoVendorsModelWiredIn()
    {
        string[] found =
        [
            .. Files("src", [".cs"]).SelectMany(file => Repository.Read(file).Split('\n')
                .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
                .SelectMany(line => Text.Matches(line))
                .SelectMany(text => Vendors.Matches(text.Value.Trim('"')))
                .Select(match => $"{file}: {match.Value}"))
            .Distinct(StringComparer.Ordinal),
        ];

        Assert.Empty(found.Except(Needed, StringComparer.Ordinal));
    }

    private static DateTime Day(JsonElement day) => DateTime.ParseExact(day.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Pages() => ["README.md", "ChatPS.psd1", .. Files("docs", Endings).Where(file => file != "docs/models.json"), .. Files("module", Endings)];

    private static IEnumerable<string> Files(string folder, string[] endings) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories)
            .Where(path => endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase) && !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);
}
