using ChatPS.Secrecy;

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
        new(ErrorIds.InvalidRequest, Printable.Text(SecretText.Mask(message)), Printable.Text(SecretText.Mask(recommendedAction)), innerException);

    /// <summary>What nobody was prepared for, as the failure of one item.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <returns>The failure.</returns>
    public static ChatServiceException Unexpected(Exception exception) => exception as ChatServiceException ?? new ChatServiceException(
        ErrorIds.InternalError,
        Printable.Text($"The item failed in a way that ChatPS does not know: {exception.GetBaseException().Message}"),
        "Try the item again by itself. If it fails again, report it with the output of Get-Error.",
        CarriedException.Of(exception));

    /// <summary>Gives a failure another way out.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="advice">What to do.</param>
    /// <returns>The same failure otherwise.</returns>
    public static ChatServiceException WithAdvice(ChatServiceException failure, string advice) => new(failure.ErrorId, failure.Message, advice, failure)
    {
        StatusCode = failure.StatusCode,
        RequestId = failure.RequestId,
    };
}
