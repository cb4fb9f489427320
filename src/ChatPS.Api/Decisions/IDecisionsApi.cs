using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Decisions;

/// <summary>Typed questions, as OpenAI, TypeSafe, Google and those after them take them.</summary>
internal interface IDecisionsApi
{
    /// <summary>Asks questions about one piece of evidence. The path may begin with <c>..</c>, where a vendor's endpoint lies beside the base address.</summary>
    [Post("/{**path}")]
    Task<IApiResponse<DecisionResponse>> CreateAsync(
        string path,
        [Body(buffered: true)] DecisionBody body,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);
}
