using System.Collections;
using System.Management.Automation;
using ChatPS.Client.Faults;
using ChatPS.Conversion;

namespace ChatPS.Questions;

/// <summary>Options and levels as users give them: a list, or a table from each to what it means.</summary>
internal static class QuestionLabels
{
    private const string Known = "Value and Description";

    /// <summary>Reads options.</summary>
    /// <param name="given">What was given.</param>
    /// <param name="where">Where it stands, for the error.</param>
    /// <returns>The options in their order; those of a plain hashtable, which has none, in that of the alphabet.</returns>
    /// <exception cref="ChatServiceException">One of them is none.</exception>
    public static ChatQuestionOption[] Options(object? given, string where) => IsTable(given) ? OfTable(given!) : [.. Items(given).Select(item => Option(item, where))];

    /// <summary>Reads levels.</summary>
    /// <param name="given">What was given.</param>
    /// <param name="minimum">The number of the lowest; null for what the levels say, else 0.</param>
    /// <param name="where">Where it stands, for the error.</param>
    /// <returns>The levels from the lowest to the highest.</returns>
    /// <exception cref="ChatServiceException">They have no order, or one of them is none.</exception>
    public static ChatQuestionLevel[] Levels(object? given, int? minimum, string where)
    {
        if (Bare.Of(given) is Hashtable)
        {
            throw Failures.Invalid($"{where}: the levels are a hashtable, which has no order.", "Write [ordered]@{ calm = ''; annoyed = ''; furious = 'threats' }, from the lowest to the highest, or a list.");
        }

        List<(string Label, string? Description)> levels = [];
        int? first = minimum;
        foreach (object? item in IsTable(given) ? [] : Items(given))
        {
            QuestionMembers? members = QuestionMembers.Of(item, where);
            int? value = members?.TakeNumber<int>(nameof(ChatQuestionLevel.Value));
            levels.Add(members is null ? (Text(item), null) : (members.TakeText(nameof(ChatQuestionLevel.Label), "Name") ?? "", members.TakeText(nameof(ChatQuestionLevel.Description))));
            members?.RefuseRest("a level", "Label, Description and Value");
            first ??= levels.Count == 1 ? value : null;
            if (value is { } number && number != (long)first! + levels.Count - 1)
            {
                throw Failures.Invalid($"{where}: the numbers of the levels do not follow each other.", "Leave out Value: the levels are numbered in their order.");
            }
        }

        if (IsTable(given))
        {
            levels.AddRange(QuestionMembers.Entries(given).Select(entry => (entry.Name, Meaning(entry.Value))));
        }

        return QuestionLevels.Of(levels, first, where);
    }

    private static ChatQuestionOption Option(object? item, string where)
    {
        if (QuestionMembers.Of(item, where) is not { } members)
        {
            return new ChatQuestionOption { Value = Value(item) };
        }

        members.TryTake(out object? value, nameof(ChatQuestionOption.Value), "Name");
        ChatQuestionOption option = new() { Value = Value(value), Description = members.TakeText(nameof(ChatQuestionOption.Description)) };
        members.RefuseRest("an option", Known);
        return option;
    }

    // The order of a hashtable is another in each process: the same question must be the same request.
    private static ChatQuestionOption[] OfTable(object given)
    {
        IEnumerable<(object Key, object? Value)> entries = Bare.Of(given) is IDictionary table
            ? PlainObject.Entries(table)
            : QuestionMembers.Entries(given).Select(entry => ((object)entry.Name, entry.Value));
        ChatQuestionOption[] options = [.. entries.Select(entry => new ChatQuestionOption { Value = Value(entry.Key), Description = Meaning(entry.Value) })];
        return Bare.Of(given) is Hashtable ? [.. options.OrderBy(QuestionRules.Label, StringComparer.Ordinal)] : options;
    }

    private static bool IsTable(object? given) => Bare.Of(given) is IDictionary or PSObject;

    private static IEnumerable<object?> Items(object? given) => Bare.Of(given) switch
    {
        null => [],
        string text => [text],
        IEnumerable items => items.Cast<object?>(),
        var single => [single],
    };

    private static object Value(object? item) => Bare.Of(item) is bool flag ? flag : Text(item);

    private static string Text(object? item) => PlainObject.Text(Bare.Of(item));

    private static string? Meaning(object? value) => PlainObject.Text(value).Trim() is { Length: > 0 } text ? text : null;
}
