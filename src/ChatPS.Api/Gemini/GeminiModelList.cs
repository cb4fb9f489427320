using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>A page of the list of models.</summary>
[Answer(nameof(Models))]
public sealed class GeminiModelList : ApiResponseBody
{
    /// <summary>The models, each with its own <see cref="ApiResponseBody.Raw"/>. Null means none.</summary>
    public IReadOnlyList<GeminiModel>? Models { get; set => field = value ?? []; }

    /// <summary>What asks for the next page; null or empty on the last one.</summary>
    public string? NextPageToken { get; set; }

    internal override void SetRaw(string json)
    {
        base.SetRaw(json);
        RawItems.Spread(Models, json, "models");
    }
}
