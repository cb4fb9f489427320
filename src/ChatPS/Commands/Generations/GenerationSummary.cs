using ChatPS.Client.Faults;
using ChatPS.Client.Generations;
using ChatPS.Conversion;

namespace ChatPS.Commands;

/// <summary>Says in a few words what else is asked beside the prompt.</summary>
internal static class GenerationSummary
{
    private const int MostLetters = 40;

    /// <summary>Says it.</summary>
    /// <param name="request">What is asked.</param>
    /// <returns>Such as <c> (Speed fast, 1 picture)</c>; empty for nothing.</returns>
    public static string Of(GenerationRequest request)
    {
        int pictures = request.Parameters.Values.Sum(Pictures);
        string[] said =
        [
            .. request.Model is { } model ? [$"Model {Short(model)}"] : Array.Empty<string>(),
            .. request.Parameters.Where(given => Pictures(given.Value) == 0).OrderBy(given => given.Key, StringComparer.OrdinalIgnoreCase).Select(Short),
            .. pictures > 0 ? [Counted.Of(pictures, "picture")] : Array.Empty<string>(),
        ];
        return said.Length == 0 ? "" : $" ({string.Join(", ", said)})";
    }

    private static int Pictures(object? value) => value switch
    {
        GenerationPicture => 1,
        IEnumerable<object?> list => list.Count(item => item is GenerationPicture),
        _ => 0,
    };

    private static string Short(KeyValuePair<string, object?> given) => given.Value switch
    {
        true => given.Key,
        IEnumerable<object?> list => $"{given.Key} {Short(string.Join(" ", list.Select(PlainObject.Text)))}",
        var value => $"{given.Key} {Short(PlainObject.Text(value))}",
    };

    private static string Short(string text) => Printable.Line(text, MostLetters);
}
