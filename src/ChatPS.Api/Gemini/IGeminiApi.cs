using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Gemini;

/// <summary>Google's own API for Gemini. A model is given with the collection that it stands in, such as <c>models/gemini-2.5-flash</c>.</summary>
internal interface IGeminiApi
{
    /// <summary>Asks for a whole answer.</summary>
    [Post("/{**model}:generateContent")]
    Task<IApiResponse<GeminiResponse>> GenerateAsync(
        string model,
        [Body(buffered: true)] GeminiRequest request,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Asks for server-sent events. The caller disposes the response.</summary>
    [Post("/{**model}:streamGenerateContent?alt=sse")]
    [Headers("Accept: text/event-stream, application/json")]
    Task<HttpResponseMessage> StreamAsync(
        string model,
        [Body(buffered: true)] GeminiRequest request,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Counts the tokens of a request that is not answered.</summary>
    [Post("/{**model}:countTokens")]
    Task<IApiResponse<GeminiTokenCount>> CountTokensAsync(
        string model,
        [Body(buffered: true)] GeminiCountRequest request,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Lists the models. The query takes <c>pageSize</c> and <c>pageToken</c>.</summary>
    [Get("/models")]
    Task<IApiResponse<GeminiModelList>> ListModelsAsync(
        [Query] IDictionary<string, string>? query,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);

    /// <summary>Gets one model.</summary>
    [Get("/{**model}")]
    Task<IApiResponse<GeminiModel>> GetModelAsync(
        string model,
        [Property(CallProperty.Key)] object? call,
        CancellationToken cancellationToken);
}
