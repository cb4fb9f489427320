using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ChatPS.Api.Errors;
using ChatPS.Api.Wire;

namespace ChatPS.Api;

/// <summary>Writes requests and reads answers: whole bodies, and the events of a stream.</summary>
public static class WireJson
{
    // The escaping that protects HTML has no place in an HTTP body: text in any script goes as it is, in fewer bytes.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a body as UTF-8, with the caller's <see cref="ApiRequest.AdditionalBody"/> merged in.</summary>
    /// <param name="value">The body.</param>
    /// <param name="context">How the types of its family are written.</param>
    public static ArraySegment<byte> Write(object value, JsonSerializerContext context)
    {
        var body = Serialize(value, TypeInfo(value.GetType(), context));
        return value is ApiRequest { AdditionalBody: { ValueKind: JsonValueKind.Object } additional } request ? Merge(body, additional, request.MergedMembers) : body;
    }

    /// <summary>Reads an answer, or an event of a stream, and keeps its JSON with it.</summary>
    /// <param name="json">The text.</param>
    /// <param name="context">How the types of its family are read.</param>
    /// <exception cref="WireFormatException">The text is empty, not such an answer, or an error.</exception>
    public static T Read<T>(string json, JsonSerializerContext context)
    {
        if (string.IsNullOrWhiteSpace(json))
        {
            throw new WireFormatException("The service answered with an empty body.", json);
        }

        try
        {
            if (Deserialize<T>(json, context) is { } value)
            {
                if (UnderSuccess.IsSuspicious((value as WireObject)?.AdditionalProperties))
                {
                    ThrowIfError(json);
                }

                (value as ApiResponseBody)?.SetRaw(json);
                return value;
            }
        }
        catch (Exception exception) when (exception is not (WireFormatException or NotSupportedException))
        {
            ThrowIfError(json);
            throw NotAnAnswer(json, exception);
        }

        throw NotAnAnswer(json, null);
    }

    private static T? Deserialize<T>(string json, JsonSerializerContext context)
    {
        var type = (JsonTypeInfo<T>)TypeInfo(typeof(T), context);
        if (typeof(IBareList).IsAssignableFrom(typeof(T)) && json.TrimStart().StartsWith("[", StringComparison.Ordinal))
        {
            ThrowIfError(json);
            return FittedJson.Read($$"""{"data":{{json}}}""", type);
        }

        return FittedJson.Read(json, type);
    }

    /// <summary>Looks for an error in what came under a status of success.</summary>
    /// <param name="json">The text, which need not be JSON.</param>
    /// <exception cref="WireFormatException">It is one.</exception>
    internal static void ThrowIfError(string json)
    {
        ApiError? error;
        try
        {
            using var document = JsonDocument.Parse(json);
            if (!ApiError.IsErrorPayload(document.RootElement) || !ApiError.TryParse(document.RootElement, out error))
            {
                return;
            }
        }
        catch (JsonException)
        {
            return;
        }

        throw new WireFormatException(error, json);
    }

    private static WireFormatException NotAnAnswer(string json, Exception? exception)
    {
        var what = PageText.IsPage(json) ? "The service answered with a web page instead of JSON" : "The service did not answer with the JSON expected";
        return new WireFormatException($"{what}: {PageText.Shorten(json)}", json, exception);
    }

    private static ArraySegment<byte> Serialize(object value, JsonTypeInfo type)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Writing))
        {
            JsonSerializer.Serialize(writer, value, type);
        }

        return Bytes(stream);
    }

    private static ArraySegment<byte> Merge(ArraySegment<byte> body, JsonElement additional, IReadOnlyCollection<string> mergedMembers)
    {
        using var document = JsonDocument.Parse(body);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Writing))
        {
            Merge(writer, document.RootElement, additional, mergedMembers);
        }

        return Bytes(stream);
    }

    private static void Merge(Utf8JsonWriter writer, JsonElement body, JsonElement additional, IReadOnlyCollection<string> mergedMembers)
    {
        writer.WriteStartObject();
        foreach (var member in body.EnumerateObject())
        {
            if (!additional.TryGetProperty(member.Name, out _))
            {
                member.WriteTo(writer);
            }
        }

        foreach (var member in additional.EnumerateObject())
        {
            if (mergedMembers.Contains(member.Name, StringComparer.Ordinal) && member.Value.ValueKind == JsonValueKind.Object && body.TryGetProperty(member.Name, out var own))
            {
                writer.WritePropertyName(member.Name);
                Merge(writer, own, member.Value, mergedMembers: []);
            }
            else
            {
                member.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }

    private static ArraySegment<byte> Bytes(MemoryStream stream) => new(stream.GetBuffer(), 0, (int)stream.Length);

    private static JsonTypeInfo TypeInfo(Type type, JsonSerializerContext context) =>
        context.GetTypeInfo(type) ?? throw new NotSupportedException($"{type} is not among the types of {context.GetType()}: add it there.");
}
