using ChatPS.Api.Wire;

namespace ChatPS.Client.Embeddings;

/// <summary>How a vendor is asked for vectors. What it answers is understood in all forms, whichever was asked in.</summary>
/// <param name="Name">The name to choose it by.</param>
/// <param name="Path">The address below the base address, or beside it.</param>
/// <param name="MostTexts">How many texts a request carries if nothing else is said.</param>
/// <param name="ToWire">Writes a request for a model.</param>
internal sealed record EmbeddingForm(string Name, Func<Uri, string> Path, int MostTexts, Func<EmbeddingRequest, string, ApiRequest> ToWire)
{
    /// <summary>Gets the vendor's words for what vectors are for; empty where it has no field for it.</summary>
    public IReadOnlyDictionary<EmbeddingUse, string> Uses { get; init; } = new Dictionary<EmbeddingUse, string>();

    /// <summary>Gets the same request, but for vectors as plain numbers: not all gateways know another form.</summary>
    public Action<ApiRequest>? AskPlain { get; init; }

    /// <summary>Finds the vendor's word for what vectors are for.</summary>
    /// <param name="use">What they are for.</param>
    /// <returns>The word; null where nothing is to be said.</returns>
    public string? WordFor(EmbeddingUse? use) => use is { } wanted && Uses.TryGetValue(wanted, out string? word) ? word : null;
}
