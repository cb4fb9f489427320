using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatPS.Api.Errors;
using ChatPS.Api.Wire;

namespace ChatPS.Api.OpenAIResponses;

internal static class ElementReader
{
    /// <summary>Reads JSON whose form depended on what stood beside it.</summary>
    /// <exception cref="WireFormatException">It has another form.</exception>
    public static T As<T>(this JsonElement json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return FittedJson.Read(json.GetRawText(), type) ?? throw new JsonException("It is null.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new WireFormatException($"An item has an unknown form: {PageText.Shorten(json.GetRawText())}", json.GetRawText(), exception);
        }
    }
}
