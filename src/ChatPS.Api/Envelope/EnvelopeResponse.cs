using ChatPS.Api.Wire;

namespace ChatPS.Api.Envelope;

/// <summary>A chat answer in its envelope. HTTP says 200 whatever <see cref="Code"/> says.</summary>
[Answer(nameof(Data))]
public sealed class EnvelopeResponse : ApiResponseBody
{
    /// <summary>200 for success.</summary>
    public int? Code { get; set; }

    /// <summary>What went well or wrong.</summary>
    public string? Message { get; set; }

    /// <summary>The answer; null where there is none.</summary>
    public EnvelopeData? Data { get; set; }
}
