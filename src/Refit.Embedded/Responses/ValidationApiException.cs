using System.Text.Json;

namespace Refit;

/// <summary>A failure whose body is a problem description (RFC 7807).</summary>
internal class ValidationApiException : ApiException
{
    internal ValidationApiException(ApiException exception)
        : base(exception.Message, exception.RequestMessage, exception.HttpMethod, exception.Content, exception.StatusCode, exception.ReasonPhrase, exception.Headers, exception.RefitSettings, exception.InnerException)
    {
        Copy(exception);
        Content = JsonSerializer.Deserialize(exception.Content!, ProblemDetailsContext.Default.ProblemDetails);
    }

    /// <summary>The problem.</summary>
    public new ProblemDetails? Content { get; }
}
