using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Embeddings;

/// <summary>
/// Reads vectors in whatever form they come: as numbers or as base64 of 32-bit numbers, bare or as the <c>embedding</c> or
/// <c>values</c> of an object, by the kind of their numbers, several or a single one.
/// </summary>
internal sealed class VectorListConverter : JsonConverter<IReadOnlyList<WireVector>>
{
    public override IReadOnlyList<WireVector>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.StartArray => ReadList(ref reader),
        JsonTokenType.StartObject => ReadObject(ref reader, isOne: false).Vectors,
        JsonTokenType.String => [new WireVector(null, ReadBase64(ref reader))],
        _ => throw Unexpected(),
    };

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<WireVector> value, JsonSerializerOptions options) => throw new NotSupportedException("Vectors are read, never written.");

    // A list of numbers is one vector; all other lists hold vectors.
    private static List<WireVector> ReadList(ref Utf8JsonReader reader)
    {
        List<WireVector> vectors = [];
        List<float>? numbers = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.Number or JsonTokenType.Null when vectors.Count == 0:
                    (numbers ??= []).Add(ReadNumber(ref reader));
                    break;
                case JsonTokenType.StartArray when numbers is null:
                    vectors.Add(new WireVector(null, ReadNumbers(ref reader)));
                    break;
                case JsonTokenType.String when numbers is null:
                    vectors.Add(new WireVector(null, ReadBase64(ref reader)));
                    break;
                case JsonTokenType.StartObject when numbers is null:
                    vectors.Add(ReadVector(ref reader));
                    break;
                default:
                    throw Unexpected();
            }
        }

        return numbers is null ? vectors : [new WireVector(null, [.. numbers])];
    }

    private static WireVector ReadVector(ref Utf8JsonReader reader)
    {
        var (index, inner) = ReadObject(ref reader, isOne: true);
        if (index is null)
        {
            return inner[0];
        }

        var isPlace = double.TryParse(index, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= int.MaxValue && Math.Floor(number) == number;
        return isPlace ? inner[0] with { Index = (int)number } : inner[0] with { Index = -1, Said = index };
    }

    // What belongs to one text is one vector: a list of lists would be those of its parts.
    private static (string? Index, IReadOnlyList<WireVector> Vectors) ReadObject(ref Utf8JsonReader reader, bool isOne)
    {
        string? index = null;
        IReadOnlyList<WireVector>? floats = null;
        IReadOnlyList<WireVector>? encoded = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            if (name is "embedding" or "values" or "float" or "base64" && reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject or JsonTokenType.String)
            {
                var vectors = reader.TokenType switch
                {
                    JsonTokenType.StartArray => isOne ? [new WireVector(null, ReadNumbers(ref reader))] : ReadList(ref reader),
                    JsonTokenType.StartObject => ReadObject(ref reader, isOne).Vectors,
                    _ => [new WireVector(null, ReadBase64(ref reader))],
                };
                (floats, encoded) = name == "base64" ? (floats, vectors) : (vectors, encoded);
            }
            else if (name == "index" && reader.TokenType is JsonTokenType.Number or JsonTokenType.String)
            {
                index = JsonText.Read(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return (index, floats ?? encoded ?? throw Unexpected());
    }

    private static float[] ReadNumbers(ref Utf8JsonReader reader)
    {
        List<float> numbers = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            numbers.Add(ReadNumber(ref reader));
        }

        return [.. numbers];
    }

    // Servers that calculate with half the precision write null, or text, for what is no number.
    private static float ReadNumber(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null ? float.NaN : LenientNumber.TryRead(ref reader, out var number) ? (float)number : throw Unexpected();

    private static float[] ReadBase64(ref Utf8JsonReader reader)
    {
        if (!reader.TryGetBytesFromBase64(out var bytes) || bytes.Length % sizeof(float) != 0)
        {
            throw new JsonException("A vector is text, but no base64 of 32-bit numbers.");
        }

        var numbers = new float[bytes.Length / sizeof(float)];
        Buffer.BlockCopy(bytes, 0, numbers, 0, bytes.Length);
        return numbers;
    }

    private static JsonException Unexpected() => new("Vectors were expected.");
}
