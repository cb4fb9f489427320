namespace ChatPS.Client.Json;

internal static class UnixTime
{
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>Some gateways send milliseconds, some send 0 for "unknown".</summary>
    /// <param name="value">Seconds or milliseconds since 1970.</param>
    /// <returns>The time in UTC, or null.</returns>
    public static DateTimeOffset? From(long? value) => value switch
    {
        null or <= 0 => null,
        > 100_000_000_000 when value / 1000 <= Latest => DateTimeOffset.FromUnixTimeMilliseconds(value.Value),
        _ when value <= Latest => DateTimeOffset.FromUnixTimeSeconds(value.Value),
        _ => null,
    };
}
