namespace ChatPS.Sandbox.Answers;

/// <summary>A request that is answered with an error.</summary>
internal sealed class ApiException(ApiError error) : Exception(error.Message)
{
    public ApiError Error { get; } = error;
}
