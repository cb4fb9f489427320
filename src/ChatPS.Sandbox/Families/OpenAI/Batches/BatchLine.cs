using System.Text.Json;
using ChatPS.Sandbox.Json;

namespace ChatPS.Sandbox.Families.OpenAI.Batches;

/// <summary>A line of the file of a batch: one request.</summary>
internal readonly struct BatchLine : IDisposable
{
    private readonly JsonDocument _document;

    private BatchLine(JsonDocument document) => _document = document;

    public string? Id => _document.RootElement.TextOf("custom_id");

    public string? Method => _document.RootElement.TextOf("method");

    public string? Url => _document.RootElement.TextOf("url");

    public string? Model => Body?.TextOf("model");

    /// <summary>The request itself; null where there is none.</summary>
    public JsonElement? Body => _document.RootElement.TryGetProperty("body", out JsonElement body) && body.ValueKind == JsonValueKind.Object ? body : null;

    /// <summary>How many texts it wants vectors of.</summary>
    public int Inputs => Body is { } body && body.TryGetProperty("input", out JsonElement input) && input.ValueKind == JsonValueKind.Array && input.GetArrayLength() > 0 && input[0].ValueKind != JsonValueKind.Number
        ? input.GetArrayLength()
        : 1;

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line.</param>
    /// <exception cref="JsonException">It is no object of JSON.</exception>
    public static BatchLine Read(ReadOnlyMemory<byte> line)
    {
        // A carriage return counts as part of the line, as does a mark at the beginning of the file.
        JsonDocument document = line.Span[line.Length - 1] == (byte)'\r' ? throw new JsonException("The line ends with a carriage return.") : JsonText.Parse(line);
        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return new BatchLine(document);
        }

        document.Dispose();
        throw new JsonException("The line is no object.");
    }

    public void Dispose() => _document.Dispose();
}
