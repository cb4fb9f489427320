using ChatPS.Api.Wire;
using Refit;

namespace ChatPS.Api.Generations;

/// <summary>Films of Jimeng: one path, and a query that says what is asked. The prefix is <c>jimeng/</c> at gateways and empty at the vendor.</summary>
internal interface IJimengApi
{
    /// <summary>Hands in a task.</summary>
    [Post("/{**prefix}?Action=CVSync2AsyncSubmitTask&Version=2022-08-31")]
    Task<IApiResponse<GenerationAnswer>> SubmitAsync(string prefix, [Body(buffered: true)] GenerationBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);

    /// <summary>Looks at a task.</summary>
    [Post("/{**prefix}?Action=CVSync2AsyncGetResult&Version=2022-08-31")]
    Task<IApiResponse<GenerationAnswer>> LookAsync(string prefix, [Body(buffered: true)] GenerationBody body, [Property(CallProperty.Key)] object? call, CancellationToken cancellationToken);
}
