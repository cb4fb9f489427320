using System.Globalization;
using System.Text.Json;
using ChatPS.Api.Errors;
using ChatPS.Api.Wire;
using ChatPS.Client.Json;

namespace ChatPS.Client.Generations;

/// <summary>Reads what services say of tasks: members that may be missing, at one of several places, and of more than one kind.</summary>
internal static class Said
{
    /// <summary>The code of an answer that knows no such task.</summary>
    public const string UnknownTask = "task_not_exist";

    /// <summary>Finds a member.</summary>
    /// <param name="json">The answer.</param>
    /// <param name="paths">Where it may stand, with dots between levels; the first that is there and not null counts.</param>
    /// <returns>The member; null where there is none.</returns>
    public static JsonElement? Find(JsonElement json, params string[] paths)
    {
        foreach (string path in paths)
        {
            JsonElement? at = json;
            foreach (string name in path.Split('.'))
            {
                at = at is { } here ? JsonText.Member(here, name) : null;
            }

            if (at is not null)
            {
                return at;
            }
        }

        return null;
    }

    /// <summary>Reads a text; of anything else its JSON.</summary>
    /// <param name="json">The answer.</param>
    /// <param name="paths">Where it may stand.</param>
    /// <returns>The text; null where there is none, or an empty one.</returns>
    public static string? Text(JsonElement json, params string[] paths)
    {
        foreach (string path in paths)
        {
            if (Find(json, path) is { } found && JsonText.Read(found) is { Length: > 0 } text)
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>Reads a value by itself as text.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The text; null where there is none, or an empty one.</returns>
    public static string? Text(JsonElement value) => JsonText.Read(value) is { Length: > 0 } text ? text : null;

    /// <summary>Reads an address: a text, or a member of an item.</summary>
    /// <param name="item">The item of a list.</param>
    /// <param name="paths">Where it may stand.</param>
    /// <returns>The address; null where there is none.</returns>
    public static string? Address(JsonElement item, params string[] paths) => item.ValueKind == JsonValueKind.String ? Text(item) : Text(item, paths);

    /// <summary>Finds what is wrong, in an answer that names no task.</summary>
    /// <param name="json">The answer.</param>
    /// <returns>The words; null where nothing is wrong, or nothing is said.</returns>
    public static string? Complaint(JsonElement json) => Text(json, "error.message", "message", "msg", "detail", "error") is { } words && !UnderSuccess.IsSuccess(words) ? words : null;

    /// <summary>Reads a number, which may be written as text.</summary>
    /// <param name="json">The answer.</param>
    /// <param name="paths">Where it may stand.</param>
    /// <returns>The number; null where there is none.</returns>
    public static double? Number(JsonElement json, params string[] paths) =>
        Text(json, paths) is { } text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && !double.IsNaN(number) && !double.IsInfinity(number) ? number : null;

    /// <summary>Reads a time: seconds or milliseconds since 1970, or as ISO writes it.</summary>
    /// <param name="json">The answer.</param>
    /// <param name="paths">Where it may stand.</param>
    /// <returns>The time in UTC; null where there is none.</returns>
    public static DateTimeOffset? Time(JsonElement json, params string[] paths)
    {
        foreach (string path in paths)
        {
            DateTimeOffset? time = Number(json, path) is { } number
                ? number is > 0 and < 1e15 ? UnixTime.From((long)number) : null
                : Text(json, path) is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset read) ? read : null;
            if (time is not null)
            {
                return time;
            }
        }

        return null;
    }

    /// <summary>Reads how much is done: <c>"37%"</c>, 37, or 0.37 where the number is a share.</summary>
    /// <param name="json">The answer.</param>
    /// <param name="paths">Where it may stand.</param>
    /// <returns>Percent; null where nothing is told.</returns>
    public static double? Progress(JsonElement json, params string[] paths)
    {
        if (Text(json, paths) is not { } text)
        {
            return null;
        }

        string trimmed = text.Trim();
        bool isPercent = trimmed.EndsWith("%", StringComparison.Ordinal);
        if (!double.TryParse(trimmed.TrimEnd('%').Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || double.IsNaN(number))
        {
            return null;
        }

        double percent = !isPercent && number is > 0 and < 1 ? number * 100 : number;
        return Math.Round(Math.Max(0, Math.Min(100, percent)), 1);
    }

    /// <summary>Goes through a list.</summary>
    /// <param name="json">The answer.</param>
    /// <param name="paths">Where it may stand.</param>
    /// <returns>The items that are not null; a single value that is no list is one item.</returns>
    public static IEnumerable<JsonElement> Items(JsonElement json, params string[] paths) => Find(json, paths) switch
    {
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Where(item => item.ValueKind is not JsonValueKind.Null),
        { } one => [one],
        null => [],
    };

    /// <summary>Makes the result of an address.</summary>
    /// <param name="kind"><c>image</c>, <c>audio</c>, <c>video</c> or <c>file</c>.</param>
    /// <param name="url">The address; null or empty for none.</param>
    /// <returns>The result; none where there is no address.</returns>
    public static IEnumerable<ChatGenerationResult> Result(string kind, string? url) =>
        string.IsNullOrWhiteSpace(url) ? [] : [new ChatGenerationResult { Kind = kind, Url = url!.Trim() }];

    /// <summary>Says that a service refused a task, or a question about one, under a status of success.</summary>
    /// <param name="message">What it says; null for nothing.</param>
    /// <param name="code">Its code.</param>
    /// <param name="json">The whole answer.</param>
    /// <param name="type">What kind of error it is, in OpenAI's words, where the family knows; null for what message and code say.</param>
    /// <returns>The exception, to throw.</returns>
    public static WireFormatException Refusal(string? message, string? code, JsonElement json, string? type = null) =>
        new(new ApiError(message is { Length: > 0 } ? message : "The service refused, and did not say why.", type ?? (code == UnknownTask ? "invalid_request_error" : null), code), json.GetRawText());
}
