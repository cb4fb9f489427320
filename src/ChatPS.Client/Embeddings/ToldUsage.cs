using System.Text.Json;
using ChatPS.Api.Wire;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Embeddings;

/// <summary>What vectors and rankings took, as vendors tell it: in one place or another, some in tokens and some in searches.</summary>
internal static class ToldUsage
{
    /// <summary>Reads the tokens.</summary>
    /// <param name="usage">As most tell it.</param>
    /// <param name="meta">As Cohere and SiliconFlow tell it.</param>
    /// <returns>The tokens; null where none are told.</returns>
    public static ChatUsage? Tokens(JsonElement? usage, JsonElement? meta)
    {
        JsonElement? counted = Member(meta, "tokens") ?? Member(meta, "billed_units");
        int output = Number(counted, "output_tokens") ?? 0;
        int? total = Number(usage, "total_tokens");
        return (Number(usage, "prompt_tokens") ?? Number(usage, "promptTokenCount") ?? Number(usage, "input_tokens") ?? Number(counted, "input_tokens") ?? total) is { } input
            ? Of(input, output, total)
            : null;
    }

    /// <summary>Reads the searches.</summary>
    /// <param name="meta">As Cohere tells it.</param>
    /// <returns>How many; null where they are not told.</returns>
    public static int? Searches(JsonElement? meta) => Number(Member(meta, "billed_units"), "search_units");

    /// <summary>Makes the usage of so many tokens.</summary>
    /// <param name="input">Those of the texts.</param>
    /// <param name="output">Those of the answer.</param>
    /// <param name="total">Both, where the service tells.</param>
    /// <returns>The usage.</returns>
    public static ChatUsage Of(int input, int output = 0, int? total = null) => new() { InputTokens = input, OutputTokens = output, TotalTokens = total ?? TokenCount.Sum(input, output) };

    private static JsonElement? Member(JsonElement? parent, string name) => parent is { } members ? JsonText.Member(members, name) : null;

    private static int? Number(JsonElement? parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.Number } member && member.TryGetInt32(out int number) && number >= 0 ? number : null;
}
