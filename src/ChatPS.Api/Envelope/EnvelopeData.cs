using ChatPS.Api.Chat;
using ChatPS.Api.Wire;

namespace ChatPS.Api.Envelope;

/// <summary>What the envelope holds.</summary>
[Answer(nameof(Completion))]
public sealed class EnvelopeData : WireObject
{
    /// <summary>The answer as OpenAI writes it.</summary>
    public ChatCompletionResponse? Completion { get; set; }

    /// <summary>The account.</summary>
    public EnvelopeInfo? Info { get; set; }
}
