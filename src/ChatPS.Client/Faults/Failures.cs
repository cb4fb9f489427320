namespace ChatPS.Client.Faults;

/// <summary>Makes the failures that are found before anything is sent.</summary>
public static class Failures
{
    /// <summary>A parameter that cannot be used.</summary>
    /// <param name="message">The parameter, its value and what is wrong with it.</param>
    /// <param name="recommendedAction">The way out.</param>
    /// <param name="innerException">What caused it.</param>
    /// <returns>The exception, to throw.</returns>
    public static ChatServiceException Invalid(string message, string recommendedAction, Exception? innerException = null) =>
        new(ErrorIds.InvalidRequest, message, recommendedAction, innerException);
}
