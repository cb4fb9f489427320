using ChatPS.Client.Json;

namespace ChatPS.Client.Schemas;

/// <summary>An answer read under a schema.</summary>
public sealed record SchemaAnswer
{
    /// <summary>The JSON that was found in the answer; null if there is none.</summary>
    public string? Json { get; init; }

    /// <summary>The JSON as plain dictionaries, lists and values.</summary>
    public object? Value { get; init; }

    /// <summary>What is wrong with it, in words that a model understands; none if it fits the schema.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>Finds the JSON in an answer: that which fits the schema, else that which is likeliest meant.</summary>
    /// <param name="answer">The model's text.</param>
    /// <param name="validator">The schema.</param>
    /// <returns>The JSON, its value and its errors.</returns>
    /// <exception cref="ChatServiceException">The schema itself cannot be used.</exception>
    public static SchemaAnswer Read(string answer, SchemaValidator validator)
    {
        SchemaAnswer? likeliest = null;
        foreach (string json in AnswerJson.Candidates(answer))
        {
            IReadOnlyList<string> errors = validator.Validate(json);
            if (likeliest is null || errors.Count == 0)
            {
                _ = PlainJsonReader.TryRead(json, out object? value, out _);
                likeliest = new SchemaAnswer { Json = json, Value = value, Errors = errors };
            }

            if (errors.Count == 0)
            {
                break;
            }
        }

        return likeliest ?? new SchemaAnswer { Errors = [NoJson(answer)] };
    }

    private static string NoJson(string answer)
    {
        if (string.IsNullOrWhiteSpace(answer))
        {
            return "(root): the answer is empty";
        }

        _ = PlainJsonReader.TryRead(answer, out _, out string? error);
        return $"(root): the answer holds no JSON; {error}";
    }
}
