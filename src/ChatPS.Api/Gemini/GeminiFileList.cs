using ChatPS.Api.Wire;

namespace ChatPS.Api.Gemini;

/// <summary>A page of files at Gemini. The list of nothing is an empty object.</summary>
public sealed class GeminiFileList : ApiResponseBody
{
    /// <summary>The files, each with its own <see cref="ApiResponseBody.Raw"/>.</summary>
    public IReadOnlyList<GeminiFile>? Files { get; set; }

    /// <summary>Where the next page begins; null after the last one.</summary>
    public string? NextPageToken { get; set; }

    internal override void SetRaw(string json)
    {
        base.SetRaw(json);
        RawItems.Spread(Files, json, "files");
    }
}
