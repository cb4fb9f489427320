using System.Globalization;
using ChatPS.Api.Errors;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Calls;

/// <summary>Says what a failure means: by the words of its vendor, else by its status.</summary>
internal static class FailureMeaning
{
    /// <summary>Finds the meaning.</summary>
    /// <param name="status">The HTTP status; 0 where the error came under a status of success, or in a stream.</param>
    /// <param name="error">What the service says; null where it says nothing.</param>
    /// <param name="body">The whole answer.</param>
    /// <param name="host">Who answered.</param>
    /// <returns>One of <see cref="ErrorIds"/>, or <see cref="VendorWords.NoEndpoint"/>.</returns>
    public static string Find(int status, ApiError? error, string? body, string host)
    {
        if (error is null)
        {
            return status is 404 or 405 ? VendorWords.NoEndpoint : OfStatus(status);
        }

        // Where the status is that of a success, the error's own code may be the one that was meant.
        int meant = status == 0 && int.TryParse(error.Code, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= 400 and < 600 ? number : status;
        return VendorWords.Find(new SaidFailure(meant, error.Code, error.Type, error.Message, body ?? "", host))
            ?? (status is 404 or 405 && PageText.IsPage(body ?? "") ? VendorWords.NoEndpoint : OfStatus(meant));
    }

    private static string OfStatus(int status) => status switch
    {
        401 or 403 or 407 => ErrorIds.AuthenticationFailed,
        402 => ErrorIds.QuotaExceeded,
        408 or 504 => ErrorIds.Timeout,
        413 => ErrorIds.ContextTooLong,
        429 => ErrorIds.RateLimited,
        0 => ErrorIds.ServerError,
        >= 500 and not 501 => ErrorIds.ServerError,
        _ => ErrorIds.InvalidRequest,
    };
}
