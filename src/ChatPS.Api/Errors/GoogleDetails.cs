using System.Globalization;
using System.Text.Json;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Errors;

/// <summary>The <c>details</c> that Google's services put into an error: objects whose members say more than code and message do.</summary>
internal static class GoogleDetails
{
    // A limit by the day goes before one by the minute: it is the one that lasts.
    private const string PerDay = "PerDay";

    /// <summary>Finds what the error is called: the reason, such as <c>API_KEY_INVALID</c>, or the limit that was reached.</summary>
    /// <returns>The code; null where the details say nothing.</returns>
    public static string? Code(JsonElement error)
    {
        string[] limits = [.. Details(error).SelectMany(detail => Items(detail, "violations")).Select(violation => Text(violation, "quotaId")).OfType<string>()];
        return Array.Find(limits, limit => limit.Contains(PerDay, StringComparison.Ordinal))
            ?? limits.FirstOrDefault()
            ?? Details(error).Select(detail => Text(detail, "reason")).FirstOrDefault(reason => reason is not null);
    }

    /// <summary>Finds how long the service asks to wait, which it writes like <c>17.5s</c>.</summary>
    /// <returns>The time; null where the details say nothing.</returns>
    public static TimeSpan? RetryDelay(JsonElement error)
    {
        string? delay = Details(error).Select(detail => Text(detail, "retryDelay")).FirstOrDefault(text => text is not null);
        return delay is not null
            && delay.EndsWith("s", StringComparison.Ordinal)
            && double.TryParse(delay.Substring(0, delay.Length - 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
            && seconds is >= 0 and < int.MaxValue
                ? TimeSpan.FromSeconds(seconds)
                : null;
    }

    private static IEnumerable<JsonElement> Details(JsonElement error) => Items(error, "details");

    private static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        JsonText.Member(element, name) is { ValueKind: JsonValueKind.Array } items
            ? items.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)
            : [];

    private static string? Text(JsonElement element, string name) =>
        JsonText.Member(element, name) is { ValueKind: JsonValueKind.String } text ? JsonText.Read(text) : null;
}
