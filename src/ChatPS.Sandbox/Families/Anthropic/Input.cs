using System.Globalization;
using System.Text.Json;
using ChatPS.Sandbox.Answers;

namespace ChatPS.Sandbox.Families.Anthropic;

/// <summary>An object of a request, read with Anthropic's own complaints. What it does not know it refuses.</summary>
/// <param name="root">The object.</param>
/// <param name="path">Where it stands; empty for the body.</param>
internal readonly struct Input(JsonElement root, string path = "")
{
    public JsonElement Root => root;

    public string Path => path;

    public static ApiError Refused(string message) => new(400, message, "invalid_request_error", null, null);

    public ApiException Refuse(string member, string complaint) => new(Refused($"{At(member)}: {complaint}"));

    /// <summary>Where a member stands.</summary>
    public string At(string member) => path.Length == 0 ? member : member.Length == 0 ? path : $"{path}.{member}";

    /// <summary>Refuses members with other names.</summary>
    public Input Only(params string[] names)
    {
        foreach (JsonProperty member in root.EnumerateObject())
        {
            if (!names.Contains(member.Name, StringComparer.Ordinal))
            {
                throw Refuse(member.Name, "Extra inputs are not permitted");
            }
        }

        return this;
    }

    public bool TryGet(string member, out JsonElement value)
    {
        if (root.TryGetProperty(member, out value) && value.ValueKind != JsonValueKind.Null)
        {
            return true;
        }

        value = default;
        return false;
    }

    public JsonElement Required(string member) => TryGet(member, out JsonElement value) ? value : throw Refuse(member, "Field required");

    public string? Text(string member) => Of(member, JsonValueKind.String, "string")?.GetString();

    public string RequiredText(string member)
    {
        Required(member);
        return Text(member)!;
    }

    public Input? Object(string member) => Of(member, JsonValueKind.Object, "dictionary") is { } value ? new Input(value, At(member)) : null;

    public Input RequiredObject(string member)
    {
        Required(member);
        return Object(member)!.Value;
    }

    /// <summary>The items of a list that must be objects; null where there is no list.</summary>
    public IReadOnlyList<Input>? Objects(string member)
    {
        if (Of(member, JsonValueKind.Array, "list") is not { } list)
        {
            return null;
        }

        string name = At(member);
        List<Input> items = [];
        foreach (JsonElement item in list.EnumerateArray())
        {
            string at = string.Format(CultureInfo.InvariantCulture, "{0}.{1}", name, items.Count);
            items.Add(item.ValueKind == JsonValueKind.Object ? new Input(item, at) : throw new ApiException(Refused($"{at}: Input should be a valid dictionary")));
        }

        return items;
    }

    public IReadOnlyList<string> Texts(string member)
    {
        if (Of(member, JsonValueKind.Array, "list") is not { } list)
        {
            return [];
        }

        foreach (JsonElement item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String)
            {
                throw Refuse(member, "Input should be a valid string");
            }
        }

        return list.EnumerateArray().Select(static item => item.GetString()!).ToList();
    }

    public bool Flag(string member) => TryGet(member, out JsonElement value)
        && (value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Refuse(member, "Input should be a valid boolean"));

    public int? Integer(string member, int minimum)
    {
        if (!TryGet(member, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out int number))
        {
            throw Refuse(member, "Input should be a valid integer");
        }

        return number >= minimum ? number : throw Refuse(member, string.Format(CultureInfo.InvariantCulture, "Input should be greater than or equal to {0}", minimum));
    }

    /// <summary>A number from 0 to 1.</summary>
    public double? Share(string member)
    {
        if (Of(member, JsonValueKind.Number, "number") is not { } value)
        {
            return null;
        }

        double number = value.GetDouble();
        return number > 1 ? throw Refuse(member, "Input should be less than or equal to 1")
            : number < 0 ? throw Refuse(member, "Input should be greater than or equal to 0")
            : number;
    }

    public string? Choice(string member, params string[] supported) => Text(member) is not { } value || supported.Contains(value, StringComparer.Ordinal)
        ? Text(member)
        : throw Refuse(member, $"Input should be {string.Join(" or ", supported.Select(static item => $"'{item}'"))}");

    private JsonElement? Of(string member, JsonValueKind kind, string noun)
    {
        if (!TryGet(member, out JsonElement value))
        {
            return null;
        }

        return value.ValueKind == kind ? value : throw Refuse(member, $"Input should be a valid {noun}");
    }
}
