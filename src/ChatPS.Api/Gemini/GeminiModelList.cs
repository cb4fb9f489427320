using System.Text.Json;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>A page of the list of models.</summary>
public sealed class GeminiModelList : ApiResponseBody
{
    /// <summary>The models, each with its own <see cref="ApiResponseBody.Raw"/>.</summary>
    public IReadOnlyList<GeminiModel>? Models { get; set; }

    /// <summary>What asks for the next page; null or empty on the last one.</summary>
    public string? NextPageToken { get; set; }

    internal override void SetRaw(string json)
    {
        base.SetRaw(json);
        if (Models is null)
        {
            return;
        }

        using var document = JsonDocument.Parse(json);
        var items = document.RootElement.GetProperty("models"u8);
        for (var i = 0; i < Models.Count; i++)
        {
            Models[i]?.SetRaw(items[i].GetRawText());
        }

        Models = [.. Models.Where(model => model is not null)];
    }
}
