using System.Globalization;
using System.Text.Json;
using ChatPS.Sandbox.Answers;

namespace ChatPS.Sandbox.Requests;

/// <summary>The members of a request's JSON object, read with the API's own complaints. A null member counts as left out.</summary>
internal readonly struct Fields(JsonElement root, string prefix = "")
{
    public JsonElement Root => root;

    /// <summary>The full name of a member, as errors call it.</summary>
    public string Name(string member) => prefix + member;

    public bool TryGet(string member, out JsonElement value)
    {
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty(member, out value) && value.ValueKind != JsonValueKind.Null)
        {
            return true;
        }

        value = default;
        return false;
    }

    public JsonElement Required(string member) =>
        TryGet(member, out JsonElement value) ? value : throw new ApiException(ApiError.Missing(Name(member)));

    public JsonElement? Of(string member, JsonValueKind kind, string expected)
    {
        if (!TryGet(member, out JsonElement value))
        {
            return null;
        }

        return value.ValueKind == kind ? value : throw new ApiException(ApiError.WrongType(Name(member), expected, value));
    }

    public string? Text(string member) => Of(member, JsonValueKind.String, "a string")?.GetString();

    public string RequiredText(string member)
    {
        Required(member);
        return Text(member)!;
    }

    public JsonElement? Object(string member) => Of(member, JsonValueKind.Object, "an object");

    public JsonElement? Array(string member) => Of(member, JsonValueKind.Array, "an array");

    public bool Flag(string member, bool whenAbsent = false)
    {
        if (!TryGet(member, out JsonElement value))
        {
            return whenAbsent;
        }

        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw new ApiException(ApiError.WrongType(Name(member), "a boolean", value));
    }

    public int? Integer(string member, int minimum, int maximum = int.MaxValue)
    {
        if (!TryGet(member, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out long number))
        {
            throw new ApiException(ApiError.WrongType(Name(member), "an integer", value));
        }

        CheckRange(member, "integer", number, minimum, maximum);
        return (int)number;
    }

    public void CheckNumber(string member, double minimum, double maximum)
    {
        if (TryGet(member, out JsonElement value))
        {
            if (value.ValueKind != JsonValueKind.Number)
            {
                throw new ApiException(ApiError.WrongType(Name(member), "a decimal", value));
            }

            CheckRange(member, "decimal", value.GetDouble(), minimum, maximum);
        }
    }

    public string? Choice(string member, params string[] supported)
    {
        string? value = Text(member);
        return value is null || supported.Contains(value, StringComparer.Ordinal)
            ? value
            : throw new ApiException(ApiError.WrongValue(Name(member), value, supported));
    }

    private void CheckRange(string member, string kind, double value, double minimum, double maximum)
    {
        string name = Name(member);
        if (value < minimum)
        {
            throw new ApiException(ApiError.Invalid(
                Format("Invalid '{0}': {1} below minimum value. Expected a value >= {2}, but got {3} instead.", name, kind, minimum, value), name, kind + "_below_min_value"));
        }

        if (value > maximum)
        {
            throw new ApiException(ApiError.Invalid(
                Format("Invalid '{0}': {1} above maximum value. Expected a value <= {2}, but got {3} instead.", name, kind, maximum, value), name, kind + "_above_max_value"));
        }
    }

    private static string Format(string format, params object[] values) => string.Format(CultureInfo.InvariantCulture, format, values);
}
