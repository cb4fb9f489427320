using System.Globalization;
using ChatPS.Client.Schemas;

namespace ChatPS.Client.Dialects.Anthropic;

/// <summary>
/// The form of a schema that Anthropic takes. It refuses bounds of numbers and of lists; they are told to the model in the
/// description instead, and checked when the answer is there. It wants objects closed.
/// </summary>
internal static class AnthropicSchemaMapper
{
    /// <summary>Makes that form.</summary>
    /// <param name="schema">The whole schema, in strict form.</param>
    /// <returns>A copy without what is refused.</returns>
    public static Dictionary<string, object?> Of(IReadOnlyDictionary<string, object?> schema) => SchemaWords.Tell(schema, Words, Close);

    private static string? Words(string keyword, object? value) => (keyword, Convert.ToString(value, CultureInfo.InvariantCulture)) switch
    {
        ("minimum", var bound) => $"at least {bound}",
        ("maximum", var bound) => $"at most {bound}",
        ("exclusiveMinimum", var bound) => $"above {bound}",
        ("exclusiveMaximum", var bound) => $"below {bound}",
        ("multipleOf", var step) => $"a multiple of {step}",
        ("minItems", not ("0" or "1") and var count) => $"at least {count} items",
        ("maxItems", var count) => $"at most {count} items",
        _ => null,
    };

    private static void Close(Dictionary<string, object?> schema)
    {
        if (schema.ContainsKey("properties") && !schema.ContainsKey("additionalProperties"))
        {
            schema["additionalProperties"] = false;
        }
    }
}
