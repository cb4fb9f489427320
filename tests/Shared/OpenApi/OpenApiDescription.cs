using System.Text.Json;

namespace ChatPS.Tests.OpenApi;

/// <summary>A description of an API, of which the schemas count: validates JSON against them.</summary>
internal sealed class OpenApiDescription
{
    private readonly JsonElement _schemas;

    private OpenApiDescription(JsonElement root) => _schemas = root.GetProperty("components").GetProperty("schemas");

    /// <summary>The extract of OpenAI's official description.</summary>
    public static OpenApiDescription Official { get; } = Load();

    public static OpenApiDescription Parse(string json) => new(JsonDocument.Parse(json).RootElement);

    /// <summary>Checks JSON against a schema.</summary>
    /// <returns>What is wrong, each with its path; empty if nothing is.</returns>
    public IReadOnlyList<string> Validate(string schema, string json)
    {
        using var document = JsonDocument.Parse(json);
        return new SchemaValidator(this).Validate(_schemas.GetProperty(schema), document.RootElement);
    }

    /// <summary>The names of the members that a schema knows, those of its parts included, in order.</summary>
    /// <param name="schema">The name of the schema.</param>
    /// <param name="path">The members to go down to from there; arrays are entered.</param>
    public IReadOnlyList<string> MembersOf(string schema, params string[] path)
    {
        var level = Objects(_schemas.GetProperty(schema));
        foreach (var step in path)
        {
            level = level.Where(item => item.TryGetProperty(step, out _)).SelectMany(item => Objects(item.GetProperty(step)));
        }

        return [.. level.SelectMany(properties => properties.EnumerateObject()).Select(property => property.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>The schema behind a reference, or the schema itself.</summary>
    public JsonElement Resolve(JsonElement schema) => schema.TryGetProperty("$ref", out var reference)
        ? Resolve(_schemas.GetProperty(reference.GetString()!.Split('/')[^1]))
        : schema;

    /// <summary>The properties of a schema and of all that it is made of.</summary>
    private IEnumerable<JsonElement> Objects(JsonElement schema)
    {
        schema = Resolve(schema);
        if (schema.TryGetProperty("properties", out var properties))
        {
            yield return properties;
        }

        var parts = new[] { "allOf", "anyOf", "oneOf" }
            .Where(keyword => schema.TryGetProperty(keyword, out _))
            .SelectMany(keyword => schema.GetProperty(keyword).EnumerateArray());
        if (schema.TryGetProperty("items", out var items))
        {
            parts = parts.Append(items);
        }

        foreach (var inner in parts.SelectMany(Objects))
        {
            yield return inner;
        }
    }

    private static OpenApiDescription Load()
    {
        using var stream = typeof(OpenApiDescription).Assembly.GetManifestResourceStream("openapi-extract.json")
            ?? throw new InvalidOperationException("The extract is not embedded: import tests/Shared/OpenApi/OpenApi.props.");
        return new OpenApiDescription(JsonDocument.Parse(stream).RootElement);
    }
}
