using System.Text.Json;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Rerank;

/// <summary>The answer of <c>POST /rerank</c>.</summary>
[Answer(nameof(Results), nameof(Data))]
public sealed class RerankResponse : ApiResponseBody
{
    /// <summary>The answer's id; not all services give one.</summary>
    public string? Id { get; set; }

    /// <summary>The model that scored; not all services say.</summary>
    public string? Model { get; set; }

    /// <summary>The scores, as Jina, Cohere and gateways give them.</summary>
    public IReadOnlyList<RerankResult?>? Results { get; set; }

    /// <summary>The scores, as Voyage gives them.</summary>
    public IReadOnlyList<RerankResult?>? Data { get; set; }

    /// <summary>What it took, as Jina, Voyage and gateways tell it. In whatever form it comes, the scores stand.</summary>
    public JsonElement? Usage { get; set; }

    /// <summary>What it took, as Cohere and SiliconFlow tell it.</summary>
    public JsonElement? Meta { get; set; }
}
