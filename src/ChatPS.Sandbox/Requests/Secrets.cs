using System.Text.Json;
using ChatPS.Sandbox.Json;
using ChatPS.Secrecy;

namespace ChatPS.Sandbox.Requests;

/// <summary>Masks what looks like a secret in what is recorded, and the request's own key wherever it stands.</summary>
/// <param name="key">The key that the request brought; null for none.</param>
/// <param name="isShown">Whether anybody sees what is masked; all stays as it is where nobody does.</param>
internal sealed class Secrets(string? key, bool isShown = true)
{
    private const int ShortestKey = 4;

    public string InText(string text) => !isShown ? text : SecretText.Mask(WithoutKey(text));

    public string? InOptional(string? text) => text is null ? null : InText(text);

    public string InQuery(string query) => !isShown || query.Length == 0 ? query : SecretText.MaskQuery(WithoutKey(query));

    public IReadOnlyDictionary<string, string> InHeaders(Dictionary<string, string> headers)
    {
        if (!isShown)
        {
            return headers;
        }

        Dictionary<string, string> masked = new(headers.Count, StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> header in headers)
        {
            masked[header.Key] = SecretText.MaskHeader(header.Key, WithoutKey(header.Value));
        }

        return masked;
    }

    /// <summary>Masks the members of a JSON body that hold a secret, at any depth, and what looks like one in its texts.</summary>
    /// <param name="root">The body.</param>
    /// <param name="text">Its text, which stays as it is where there is nothing to mask.</param>
    /// <returns>What may be shown.</returns>
    public string InJson(JsonElement root, string text)
    {
        if (!isShown)
        {
            return text;
        }

        bool isChanged = false;
        try
        {
            string masked = PlainJson.ToText(json => Write(json, root, name: "", isTop: true, ref isChanged));
            return isChanged ? masked : text;
        }
        catch (InvalidOperationException)
        {
            // A text of JSON that is none of Unicode, such as half a character.
            return InText(text);
        }
    }

    private void Write(Utf8JsonWriter json, JsonElement element, string name, bool isTop, ref bool isChanged)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (JsonProperty member in element.EnumerateObject())
                {
                    json.WritePropertyName(member.Name);

                    // There, a reseller's key is called that and no more.
                    bool isKey = isTop && member.Value.ValueKind == JsonValueKind.String && SecretNames.IsDoubtful(member.Name);
                    Write(json, member.Value, isKey ? "api_key" : member.Name, isTop: false, ref isChanged);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Write(json, item, name, isTop: false, ref isChanged);
                }

                json.WriteEndArray();
                break;
            case JsonValueKind.String:
                string text = element.GetString()!;
                string masked = SecretText.IsSecret(name, text) ? SecretText.Masked : InText(text);
                isChanged |= masked != text;
                json.WriteStringValue(masked);
                break;
            default:
                element.WriteTo(json);
                break;
        }
    }

    private string WithoutKey(string text) =>
        key is { Length: >= ShortestKey } && text.Contains(key, StringComparison.Ordinal) ? text.Replace(key, SecretText.Masked, StringComparison.Ordinal) : text;
}
