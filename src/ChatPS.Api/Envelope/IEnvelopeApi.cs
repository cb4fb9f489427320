using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Envelope;

/// <summary>A reseller's chat.</summary>
internal interface IEnvelopeApi
{
    /// <summary>Asks for a whole answer.</summary>
    [Post("/createChatCompletion")]
    Task<IApiResponse<EnvelopeResponse>> CreateAsync(
        [Body(buffered: true)] EnvelopeRequest request,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);
}
