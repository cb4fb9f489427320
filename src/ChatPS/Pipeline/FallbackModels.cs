using ChatPS.Client.Faults;
using ChatPS.Client.Runs;

namespace ChatPS.Pipeline;

/// <summary>What was given to <c>-FallbackModel</c> and <c>-FallbackOn</c>.</summary>
internal static class FallbackModels
{
    /// <summary>Reads it.</summary>
    /// <param name="models">The models to turn to; null for none.</param>
    /// <param name="reasons">The failures that lead to them; null for the usual ones.</param>
    /// <returns>What the run turns to, and when.</returns>
    /// <exception cref="ChatServiceException">There are reasons, and no models.</exception>
    public static ModelFallback Read(string[]? models, string[]? reasons)
    {
        if (models is not { Length: > 0 })
        {
            return reasons is null ? ModelFallback.None : throw Failures.Invalid("-FallbackOn was given without -FallbackModel.", "Name the models to turn to with -FallbackModel.");
        }

        return new ModelFallback(models, reasons is null ? ModelFallback.DefaultReasons : [.. reasons.Select(reason => (FallbackReason)Enum.Parse(typeof(FallbackReason), reason, ignoreCase: true))]);
    }
}
