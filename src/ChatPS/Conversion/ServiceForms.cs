namespace ChatPS;

/// <summary>The short forms of values for which the service wants an object.</summary>
internal static class ServiceForms
{
    private static readonly string[] ToolModes = ["auto", "none", "required"];

    public static object? ResponseFormat(object? value) => value is string type ? Object("type", type) : value;

    public static object? ToolChoice(object? value) => value is string name && Array.IndexOf(ToolModes, name) < 0
        ? Object("type", "function", "function", Object("name", name))
        : value;

    public static object? FunctionCall(object? value) => value is string name and not ("auto" or "none") ? Object("name", name) : value;

    public static object? Prediction(object? value) => value is string text ? Object("type", "content", "content", text) : value;

    private static Dictionary<string, object?> Object(string name, object? value) => new(StringComparer.Ordinal) { [name] = value };

    private static Dictionary<string, object?> Object(string name, object? value, string second, object? secondValue) =>
        new(StringComparer.Ordinal) { [name] = value, [second] = secondValue };
}
