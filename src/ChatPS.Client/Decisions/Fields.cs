namespace ChatPS.Client.Decisions;

/// <summary>Objects of a request, as plain dictionaries in the order of their members.</summary>
internal static class Fields
{
    public static Dictionary<string, object?> Of(params (string Name, object? Value)[] members)
    {
        Dictionary<string, object?> fields = new(StringComparer.Ordinal);
        foreach ((string name, object? value) in members)
        {
            fields[name] = value;
        }

        return fields;
    }

    public static void AddIfGiven(this Dictionary<string, object?> fields, string name, object? value)
    {
        if (value is not null)
        {
            fields[name] = value;
        }
    }
}
