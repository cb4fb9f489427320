using System.Text.Json.Serialization;

namespace ChatPS.Bench.Baseline;

internal sealed record Message(string Role, string? Content);

internal sealed record Request(string Model, Message[] Messages);

internal sealed record Choice(int Index, Message Message, string? FinishReason);

internal sealed record Usage(int PromptTokens, int CompletionTokens, int TotalTokens);

internal sealed record Response(string Id, long Created, string Model, Choice[] Choices, Usage? Usage);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Request))]
[JsonSerializable(typeof(Response))]
internal sealed partial class WireContext : JsonSerializerContext;
