using System.Text.RegularExpressions;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Gpts;

/// <summary>The ids of GPTs: they stand at the end of web addresses, and in the names of models.</summary>
internal static class GptId
{
    private const string Model = "gpt-4-gizmo-";

    // A web address goes on with the name, in words: /g/g-k3IqoCe1l-weather. Each place is looked at once, however long the text is.
    private static readonly Regex Form = new("(?:^|/g/|-gizmo-)(?<id>g-(?>[A-Za-z0-9]{1,100}))(?=[-/?#]|$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    /// <summary>Finds an id.</summary>
    /// <param name="text">The id, the web address of the GPT, or the name of its model.</param>
    /// <returns>The id.</returns>
    /// <exception cref="ChatServiceException">There is none in it.</exception>
    public static string Read(string text) => Find(text) ?? throw Failures.Invalid(
        $"-Id: '{ParameterRules.OnOneLine(text)}' is no id of a GPT.", "Give the id, such as g-k3IqoCe1l, or the web address that it stands in; Find-ChatGpt finds it.");

    /// <summary>Finds an id.</summary>
    /// <param name="text">Where it may stand; null for nowhere.</param>
    /// <returns>The id; null where there is none.</returns>
    public static string? Find(string? text) => text is not null && Form.Match(text.Trim()) is { Success: true } match ? match.Groups["id"].Value : null;

    /// <summary>Makes the name of the model by which a GPT is asked.</summary>
    /// <param name="id">The id.</param>
    /// <returns>The name.</returns>
    public static string ToModel(string id) => Model + id;
}
