using System.Globalization;
using System.Text.Json;

namespace ChatPS.Api.Wire;

internal static class LenientNumber
{
    /// <summary>Reads a number, or a number in a string, in the invariant culture.</summary>
    public static bool TryRead(ref Utf8JsonReader reader, out double value)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.TryGetDouble(out value);
        }

        value = 0;
        return reader.TokenType == JsonTokenType.String
            && double.TryParse(JsonText.Read(ref reader), NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }
}
