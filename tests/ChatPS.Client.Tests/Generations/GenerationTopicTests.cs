using System.Globalization;
using ChatPS.Client.Generations;

namespace ChatPS.Client.Tests.Generations;

/// <summary>The topic about_ChatPS_Generations lists what every family can be asked, as the families themselves describe it.</summary>
public sealed class GenerationTopicTests
{
    private const string Renew = "CHATPS_RENEW_DOCS";
    private const string Heading = "## FAMILIES\n";

    private static readonly string[] Page = ["docs", "about", "about_ChatPS_Generations.md"];

    [Fact]
    public void Topic_Families_AreThoseThatThereAre()
    {
        string page = Repository.Read(Page);
        int start = page.IndexOf(Heading, StringComparison.Ordinal) + Heading.Length;
        int end = page.IndexOf("\n## ", start, StringComparison.Ordinal);
        string expected = "\n" + Intro + string.Concat(KnownGenerations.All.Select(Describe));
        if (Environment.GetEnvironmentVariable(Renew) is "1")
        {
            File.WriteAllText(Path.Combine([Repository.Root, .. Page]), page[..start] + expected + page[end..]);
            page = Repository.Read(Page);
            end = page.IndexOf("\n## ", start, StringComparison.Ordinal);
        }

        Assert.True(expected == page[start..end], $"""
            docs/about/about_ChatPS_Generations.md does not list what the families describe. Set the environment variable {Renew} to 1 to write it anew, then:
            dotnet test tests/ChatPS.Client.Tests -c Release --filter {nameof(GenerationTopicTests)}
            """);
    }

    private const string Intro = """
        What each family can be asked. The first action is the usual one. A star marks what an action cannot do without. Actions for finished tasks are those of Invoke-ChatGenerationAction.

        """;

    private static string Describe(IGenerationFamily family)
    {
        List<string> lines = [$"\n### {family.Service}\n"];
        string[] forms = [.. family.Forms.Select(form => form.Name).Where(name => name.Length > 0)];
        if (forms.Length > 1)
        {
            lines.Add($"Forms: {string.Join(", ", forms)}.\n");
        }

        lines.AddRange(family.Actions.Where(action => !action.IsFollowUp).Select(ToLine));
        if (family.Actions.Any(action => action.IsFollowUp))
        {
            lines.Add("\nFor finished tasks:\n");
            lines.AddRange(family.Actions.Where(action => action.IsFollowUp).Select(ToLine));
        }

        (string Action, ParameterDescription Parameter)[] parameters = [.. family.Actions.SelectMany(action => action.Parameters.Select(parameter => (action.Name, parameter)))];
        if (parameters.Length > 0)
        {
            lines.Add("\nTheir parameters:\n");
            foreach (IGrouping<string, (string Action, ParameterDescription Parameter)> same in parameters.GroupBy(parameter => parameter.Parameter.Name, StringComparer.Ordinal))
            {
                IGrouping<string, (string Action, ParameterDescription Parameter)>[] told = [.. same.GroupBy(parameter => Told(parameter.Parameter), StringComparer.Ordinal)];
                lines.AddRange(told.Select(words =>
                    $"- {same.Key}{(told.Length > 1 ? $" ({string.Join(", ", words.Select(parameter => parameter.Action).Distinct(StringComparer.Ordinal))})" : "")}: {words.Key}{Only(Common(forms, words.Select(parameter => parameter.Parameter.Forms)))}"));
            }
        }

        return string.Join("\n", lines) + "\n";
    }

    private static string ToLine(ActionDescription action)
    {
        string[] takes =
        [
            .. action.PromptField is null ? [] : new[] { "Prompt" + Star(action.NeedsPrompt) },
            .. action.NeedsModel || action.TakesModel ? new[] { "Model" + Star(action.NeedsModel) } : [],
            .. action.Parameters.GroupBy(parameter => parameter.Name, StringComparer.Ordinal).Select(same => same.Key + Star(same.All(parameter => parameter.IsRequired))),
        ];
        return $"- {action.Name}: {action.Help}{Only(action.Forms)}{(takes.Length > 0 ? $" Takes {string.Join(", ", takes)}." : "")}";
    }

    private static string Told(ParameterDescription parameter)
    {
        string values = parameter.Values.Count > 0 ? $" {(parameter.IsClosed ? "One of" : "Such as")} {string.Join(", ", parameter.Values)}." : "";
        string limits = (parameter.Least, parameter.Most) switch
        {
            ({ } least, { } most) => string.Create(CultureInfo.InvariantCulture, $" {least} to {most}."),
            ({ } least, null) => string.Create(CultureInfo.InvariantCulture, $" {least} or more."),
            (null, { } most) => string.Create(CultureInfo.InvariantCulture, $" {most} at most."),
            _ => "",
        };
        return parameter.Help + values + limits;
    }

    // What is told alike is told once, for all the forms that know it.
    private static string[] Common(string[] all, IEnumerable<IReadOnlyList<string>> known)
    {
        string[] forms = [.. all.Where(form => known.Any(some => some.Count == 0 || some.Contains(form, StringComparer.Ordinal)))];
        return forms.Length == all.Length ? [] : forms;
    }

    private static string Only(IReadOnlyList<string> forms) => forms.Count > 0 ? $" In the form {string.Join(", ", forms)}." : "";

    private static string Star(bool isNeeded) => isNeeded ? "*" : "";
}
