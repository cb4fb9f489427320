using ChatPS.Client.Json;
using ChatPS.Client.Schemas;

namespace ChatPS.Client.Chat;

/// <summary>The form that an answer must have.</summary>
/// <param name="name">What the schema is called: letters, digits, <c>_</c> and <c>-</c>, at most 64.</param>
/// <param name="schema">The JSON Schema, whose root is an object, as plain dictionaries and lists.</param>
public sealed class OutputFormat(string name, IReadOnlyDictionary<string, object?> schema)
{
    private readonly Lazy<SchemaValidator> _validator = new(() => new SchemaValidator(schema, "-OutputSchema"));
    private readonly Lazy<object> _responseFormat = new(() => new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["type"] = "json_schema",
        ["json_schema"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["name"] = name, ["strict"] = true, ["schema"] = StrictSchema.Of(schema) },
    });

    private readonly Lazy<string> _instructions = new(() =>
        "Answer with one JSON object that fits this JSON Schema, and with nothing else: no explanation, no code fence.\n" + PlainJson.Write(schema, "-OutputSchema"));

    /// <summary>How the service is told.</summary>
    public SchemaMode Mode { get; init; }

    /// <summary>How often an answer that does not fit is sent back to the model to be mended.</summary>
    public int RepairAttempts { get; init; }

    internal object ResponseFormat => _responseFormat.Value;

    internal string Instructions => _instructions.Value;

    /// <summary>Reads an answer.</summary>
    /// <param name="text">The model's text.</param>
    /// <returns>The value, and what is wrong with it.</returns>
    public SchemaAnswer Read(string text) => SchemaAnswer.Read(text, _validator.Value);

    /// <summary>Reads an answer. Where a model gave several, the last one holds.</summary>
    /// <param name="answer">The answer.</param>
    /// <returns>The value, and what is wrong with it.</returns>
    public SchemaAnswer Read(ChatCompletion answer) =>
        answer.Message?.Content is { Count: > 1 } parts && parts[parts.Count - 1].Text is { Length: > 0 } last && Read(last) is { Errors.Count: 0 } value ? value : Read(answer.Text);
}
