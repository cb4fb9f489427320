using System.Text;
using System.Text.Json;
using ChatPS.Api.Wire;
using ChatPS.Client.Json;

namespace ChatPS.Client.Dialects.OpenAI;

/// <summary>Puts the details of a streamed reasoning together, so that they go back as if they had come whole.</summary>
internal sealed class DetailsInPieces
{
    private readonly List<Dictionary<string, object?>> _details = [];
    private readonly List<StringBuilder?> _texts = [];

    /// <summary>Takes the details of a piece.</summary>
    /// <param name="details">The list.</param>
    public void Add(JsonElement details)
    {
        foreach (JsonElement detail in details.EnumerateArray())
        {
            if (detail.ValueKind == JsonValueKind.Object)
            {
                AddOne(detail);
            }
        }
    }

    /// <summary>Makes the whole list.</summary>
    /// <returns>The list; null where nothing came.</returns>
    public JsonElement? ToElement()
    {
        for (int i = 0; i < _details.Count; i++)
        {
            if (_texts[i] is { } text && TextMember(_details[i]) is { } name && _details[i].ContainsKey(name))
            {
                _details[i][name] = text.ToString();
            }
        }

        return _details.Count > 0 ? PlainJson.ToElement(_details, "reasoning_details") : null;
    }

    private void AddOne(JsonElement piece)
    {
        // What is encrypted is no text that could come in pieces.
        string? member = TextMember(piece.TextOf("type"));
        int place = member is null ? -1 : _details.FindLastIndex(known => IsSame(known, piece));
        if (place < 0)
        {
            place = _details.Count;
            _details.Add(new Dictionary<string, object?>(StringComparer.Ordinal));
            _texts.Add(member is null ? null : new StringBuilder());
        }

        foreach (JsonProperty part in piece.EnumerateObject())
        {
            if (part.Name == member)
            {
                _texts[place]!.Append(JsonText.Read(part.Value));
                _details[place][part.Name] = null;
            }
            else if (part.Value.ValueKind != JsonValueKind.Null || !_details[place].ContainsKey(part.Name))
            {
                _details[place][part.Name] = part.Value;
            }
        }
    }

    private static bool IsSame(Dictionary<string, object?> known, JsonElement piece) =>
        Value(known, "type") == piece.TextOf("type") && Value(known, "index") == Value(piece, "index")
        && (Value(known, "id") is not { } id || Value(piece, "id") is not { } other || id == other);

    private static string? TextMember(Dictionary<string, object?> detail) => TextMember(Value(detail, "type"));

    private static string? TextMember(string? type) => type switch
    {
        "reasoning.text" => "text",
        "reasoning.summary" => "summary",
        _ => null,
    };

    private static string? Value(Dictionary<string, object?> detail, string name) => detail.TryGetValue(name, out object? value) && value is JsonElement element ? JsonText.Read(element) : null;

    private static string? Value(JsonElement detail, string name) => detail.TryGetProperty(name, out JsonElement value) ? JsonText.Read(value) : null;
}
