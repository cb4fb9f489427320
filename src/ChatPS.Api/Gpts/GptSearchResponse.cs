using ChatPS.Api.Wire;

namespace ChatPS.Api.Gpts;

/// <summary>What a search found. A <c>code</c> other than 0 tells a failure, whatever the status says.</summary>
[Answer(nameof(Data))]
public sealed class GptSearchResponse : ApiResponseBody
{
    /// <summary>What was found, each with its own <see cref="ApiResponseBody.Raw"/>; null where the service does not say.</summary>
    public IReadOnlyList<GptHit>? Data { get; set; }

    internal override void SetRaw(string json)
    {
        base.SetRaw(json);
        RawItems.Spread(Data, json, "data");
    }
}
