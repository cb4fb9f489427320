namespace Refit;

/// <summary>An answer with its content.</summary>
/// <typeparam name="T">What the body is read as.</typeparam>
internal interface IApiResponse<out T> : IApiResponse
{
    /// <summary>The body; null when the call failed.</summary>
    T? Content { get; }
}
