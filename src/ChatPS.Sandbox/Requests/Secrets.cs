using System.Text.Json;
using System.Text.RegularExpressions;
using ChatPS.Sandbox.Json;

namespace ChatPS.Sandbox.Requests;

/// <summary>Masks keys in what is recorded.</summary>
internal static class Secrets
{
    private const string Mask = "****";

    private static readonly HashSet<string> Headers = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization", "Proxy-Authorization", "api-key", "x-api-key", "x-goog-api-key", "mj-api-secret", "Cookie",
    };

    private static readonly HashSet<string> Members = new(StringComparer.OrdinalIgnoreCase) { "token", "key", "api_key" };

    private static readonly Regex QueryMember = new(
        "(?<=^|&)(?<name>key|token|api_key|api-key|access_token)=[^&]*", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static readonly Regex TextMember = new(
        @"(?<start>""(token|key|api_key)""\s*:\s*"")([^""\\]|\\.)*", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    public static IReadOnlyDictionary<string, string> InHeaders(Dictionary<string, string> headers)
    {
        foreach (string name in Headers)
        {
            if (headers.TryGetValue(name, out string? value))
            {
                headers[name] = value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? "Bearer " + Mask : Mask;
            }
        }

        return headers;
    }

    public static string InQuery(string query) => query.Length == 0 ? query : QueryMember.Replace(query, "${name}=" + Mask);

    /// <summary>Masks the top-level members of a JSON body that hold a key.</summary>
    public static string InJson(JsonElement root, string text) => HoldsKey(root) ? Rewrite(root) : text;

    /// <summary>Masks what looks like a member with a key in a body that is no valid JSON.</summary>
    public static string InText(string text) => TextMember.Replace(text, "${start}" + Mask);

    private static bool HoldsKey(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in root.EnumerateObject())
            {
                if (IsKey(member))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsKey(JsonProperty member) => member.Value.ValueKind == JsonValueKind.String && Members.Contains(member.Name);

    private static string Rewrite(JsonElement root) => PlainJson.ToText(json =>
    {
        json.WriteStartObject();
        foreach (JsonProperty member in root.EnumerateObject())
        {
            json.WritePropertyName(member.Name);
            if (IsKey(member))
            {
                json.WriteStringValue(Mask);
            }
            else
            {
                member.Value.WriteTo(json);
            }
        }

        json.WriteEndObject();
    });
}
