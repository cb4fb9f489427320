using System.Globalization;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Sessions;

/// <summary>The members of an object in a session's file. One of the wrong kind is an error that names it.</summary>
/// <param name="members">The members.</param>
/// <param name="path">The file.</param>
/// <param name="where">The object's place in the file; empty for the whole.</param>
internal sealed class SessionMembers(IReadOnlyDictionary<string, object?> members, string path, string where)
{
    public IReadOnlyDictionary<string, object?> All => members;

    public static ChatServiceException Damaged(string path, string problem) =>
        Failures.Invalid($"-Path: the session in '{path}' is damaged: {problem}", "Import an older copy of the file, or mend it in an editor.");

    public object? Any(string name) => members.TryGetValue(name, out object? value) ? value : null;

    public string? Text(string name) => Any(name) switch
    {
        null => null,
        string text => text,
        _ => throw Wrong(name, "text"),
    };

    public string Required(string name) => Text(name) ?? throw Missing(name);

    public DateTimeOffset? Time(string name) => Text(name) is not { } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTimeOffset time) ? time
        : throw Wrong(name, "a time");

    public long Number(string name) => Any(name) switch
    {
        null => 0,
        int number and >= 0 => number,
        long number and >= 0 => number,
        _ => throw Wrong(name, "a whole number from 0"),
    };

    public int? Limit(string name) => Any(name) switch
    {
        null => null,
        int number and >= 1 => number,
        _ => throw Wrong(name, "a whole number from 1"),
    };

    public decimal? Money(string name) => Any(name) switch
    {
        null => null,
        decimal amount => amount,
        int amount => amount,
        long amount => amount,
        double amount and >= 0 and < 1e28 => (decimal)amount,
        _ => throw Wrong(name, "an amount"),
    };

    public IReadOnlyList<object?> List(string name) => Any(name) switch
    {
        null => [],
        IReadOnlyList<object?> list => list,
        _ => throw Wrong(name, "a list"),
    };

    public SessionMembers? Inner(string name) => Any(name) switch
    {
        null => null,
        IReadOnlyDictionary<string, object?> inner => new SessionMembers(inner, path, Place(name)),
        _ => throw Wrong(name, "an object"),
    };

    public IEnumerable<SessionMembers> Each(string name) => List(name).Select((item, index) =>
    {
        string place = FormattableString.Invariant($"{name}[{index}]");
        return item is IReadOnlyDictionary<string, object?> inner ? new SessionMembers(inner, path, Place(place)) : throw Wrong(place, "an object");
    });

    public ChatServiceException Missing(string name) => Damaged(path, $"'{Place(name)}' is missing.");

    private ChatServiceException Wrong(string name, string expected) => Damaged(path, $"'{Place(name)}' is not {expected}.");

    private string Place(string name) => where.Length == 0 ? name : $"{where}.{name}";
}
