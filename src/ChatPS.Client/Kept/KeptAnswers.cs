using ChatPS.Client.Faults;

namespace ChatPS.Client.Kept;

/// <summary>What all answers have in common that a service keeps: they are found by an id, and listed in pages.</summary>
internal static class KeptAnswers
{
    /// <summary>Waits for a call that concerns one answer, and says what to do where there is none of that id.</summary>
    /// <typeparam name="T">What the call gives.</typeparam>
    /// <param name="call">The call.</param>
    /// <param name="advice">What to do.</param>
    /// <returns>What the call gave.</returns>
    /// <exception cref="ChatServiceException">The call failed.</exception>
    public static async Task<T> FindAsync<T>(Task<T> call, string advice)
    {
        try
        {
            return await call;
        }
        catch (ChatServiceException failure) when (failure.StatusCode == 404)
        {
            throw Failures.WithAdvice(failure, advice);
        }
    }
}
