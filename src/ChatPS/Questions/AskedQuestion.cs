namespace ChatPS.Questions;

/// <summary>What of a question reaches the service: a checkpoint belongs to that.</summary>
internal static class AskedQuestion
{
    /// <summary>Writes it down.</summary>
    /// <param name="question">The question.</param>
    /// <returns>Plain values.</returns>
    public static Dictionary<string, object?> ToPlain(ChatQuestion question)
    {
        Dictionary<string, object?> plain = new(StringComparer.Ordinal) { ["name"] = question.Name, ["type"] = question.Type.ToString(), ["text"] = question.Text };
        Add(plain, "yes", question.Yes);
        Add(plain, "no", question.No);
        Add(plain, "options", question.Options.Length == 0 ? null : question.Options.Select(option => (object?)new List<object?> { option.Value, option.Description }).ToList());
        Add(plain, "levels", question.Levels.Length == 0 ? null : question.Levels.Select(level => (object?)new List<object?> { level.Value, level.Label, level.Description }).ToList());
        return plain;
    }

    private static void Add(Dictionary<string, object?> plain, string name, object? value)
    {
        if (value is not null)
        {
            plain[name] = value;
        }
    }
}
