using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ChatPS.Api.Wire;

/// <summary>
/// Reads JSON that vendors write with less care than its type asks for. What can be read as it is, is. Otherwise it is made to fit:
/// nulls in lists are left out, and so is what stands beside the answer in a form that it cannot have.
/// </summary>
internal static class FittedJson
{
    /// <summary>Reads JSON.</summary>
    /// <param name="json">The text.</param>
    /// <param name="type">What it is to be.</param>
    /// <returns>The value; null for <c>null</c>.</returns>
    /// <exception cref="JsonException">It is no JSON, or the answer in it has another form; see <see cref="AnswerAttribute"/>.</exception>
    public static T? Read<T>(string json, JsonTypeInfo<T> type)
    {
        if (!HasNullItem(json))
        {
            try
            {
                return JsonSerializer.Deserialize(json, type);
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
            {
                // Most likely it is only a member beside the answer.
            }
        }

        using var document = JsonDocument.Parse(json);
        return Fit(document.RootElement, type, isAnswer: true) is { } fitted ? JsonSerializer.Deserialize(fitted, type) : default;
    }

    // Text that holds the same letters makes no difference but in time.
    private static bool HasNullItem(string json)
    {
        const string Null = "null";
        for (var at = json.IndexOf(Null, StringComparison.Ordinal); at > 0; at = json.IndexOf(Null, at + Null.Length, StringComparison.Ordinal))
        {
            var before = at - 1;
            while (before > 0 && json[before] <= ' ')
            {
                before--;
            }

            if (json[before] is '[' or ',')
            {
                return true;
            }
        }

        return false;
    }

    // The JSON of what fits; null where nothing does.
    private static string? Fit(JsonElement json, JsonTypeInfo type, bool isAnswer)
    {
        var fitted = (type.Kind, json.ValueKind) switch
        {
            (_, JsonValueKind.Null) => null,
            (JsonTypeInfoKind.Object, JsonValueKind.Object) => FitObject(json, type, isAnswer),
            (JsonTypeInfoKind.Object, JsonValueKind.Array) when isAnswer && json.GetArrayLength() == 1 && json[0].ValueKind == JsonValueKind.Object => FitObject(json[0], type, isAnswer),
            (JsonTypeInfoKind.Enumerable, JsonValueKind.Array) => FitList(json, ItemType(type), isAnswer),
            (JsonTypeInfoKind.Enumerable, JsonValueKind.Object) when isAnswer && json.EnumerateObject().Any() && ItemType(type).Kind == JsonTypeInfoKind.Object =>
                $"[{FitObject(json, ItemType(type), isAnswer)}]",
            (JsonTypeInfoKind.Dictionary, JsonValueKind.Object) => FitDictionary(json, ItemType(type)),
            (JsonTypeInfoKind.None, _) => FitValue(json, type),
            _ => null,
        };
        return fitted is null && isAnswer && SaysSomething(json)
            ? throw new JsonException("The answer has another form.")
            : fitted;
    }

    private static string FitObject(JsonElement json, JsonTypeInfo type, bool isAnswer)
    {
        var answer = isAnswer ? type.Type.GetCustomAttribute<AnswerAttribute>()?.Members ?? [] : [];
        var naming = type.Options.PropertyNamingPolicy;
        return Members(json, (name, value) =>
        {
            var property = type.Properties.FirstOrDefault(known => known.Name == name && !known.IsExtensionData);
            return property is null || property.CustomConverter is not null
                ? value.GetRawText()
                : Fit(value, type.Options.GetTypeInfo(property.PropertyType), Array.Exists(answer, member => (naming?.ConvertName(member) ?? member) == name)) ?? "null";
        });
    }

    private static string FitDictionary(JsonElement json, JsonTypeInfo item) => Members(json, (_, value) => Fit(value, item, isAnswer: false));

    private static string Members(JsonElement json, Func<string, JsonElement, string?> fit)
    {
        var fitted = new StringBuilder("{");
        foreach (var member in json.EnumerateObject())
        {
            if (JsonText.Name(member) is { } name && fit(name, member.Value) is { } value)
            {
                fitted.Append(fitted.Length > 1 ? "," : "").Append('"').Append(JavaScriptEncoder.Default.Encode(name)).Append("\":").Append(value);
            }
        }

        return fitted.Append('}').ToString();
    }

    // Numbers belong to their places, and the list to the one beside it: there a null stays, or the list is of no use.
    private static string? FitList(JsonElement json, JsonTypeInfo item, bool isAnswer)
    {
        var hasPlaces = item.Kind is JsonTypeInfoKind.Dictionary or JsonTypeInfoKind.Enumerable || (item.Type.IsValueType && item.Type != typeof(JsonElement));
        var holdsNull = !item.Type.IsValueType || Nullable.GetUnderlyingType(item.Type) is not null;
        var fitted = new StringBuilder("[");
        foreach (var one in json.EnumerateArray())
        {
            var value = Fit(one, item, isAnswer);
            if (value is null && !hasPlaces)
            {
                continue;
            }

            if (value is null && !holdsNull)
            {
                return null;
            }

            fitted.Append(fitted.Length > 1 ? "," : "").Append(value ?? "null");
        }

        return fitted.Append(']').ToString();
    }

    private static string? FitValue(JsonElement json, JsonTypeInfo type)
    {
        try
        {
            _ = json.Deserialize(type);
            return json.GetRawText();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return type.Type == typeof(bool?) ? Flag(json) : null;
        }
    }

    private static string? Flag(JsonElement json) => JsonText.Read(json)?.Trim().ToUpperInvariant() switch
    {
        "1" or "TRUE" or "YES" => "true",
        "0" or "FALSE" or "NO" => "false",
        _ => null,
    };

    private static bool SaysSomething(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => json.GetArrayLength() > 0,
        JsonValueKind.Object => json.EnumerateObject().Any(),
        JsonValueKind.String => JsonText.Read(json)?.Trim().Length > 0,
        JsonValueKind.Number => !json.TryGetDouble(out var number) || number != 0,
        _ => json.ValueKind == JsonValueKind.True,
    };

    private static JsonTypeInfo ItemType(JsonTypeInfo type) => type.Options.GetTypeInfo(type.Type.GetElementType() ?? type.Type.GetGenericArguments().Last());
}
