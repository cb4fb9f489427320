using ChatPS.Client.Faults;
using ChatPS.Client.Runs;
using ChatPS.Module;

namespace ChatPS.Pipeline;

/// <summary>What was given to <c>-FallbackModel</c> and <c>-FallbackOn</c>.</summary>
internal static class FallbackModels
{
    /// <summary>Reads it.</summary>
    /// <param name="models">The models to turn to; null for none.</param>
    /// <param name="reasons">The failures that lead to them; null for the usual ones.</param>
    /// <param name="connection">The connection that was named besides; null for none.</param>
    /// <returns>What the run turns to, and when.</returns>
    /// <exception cref="ChatServiceException">There are reasons, and no models, or a model of another connection.</exception>
    public static ModelFallback Read(string[]? models, string[]? reasons, string? connection)
    {
        if (models is not { Length: > 0 })
        {
            return reasons is null ? ModelFallback.None : throw Failures.Invalid("-FallbackOn was given without -FallbackModel.", "Name the models to turn to with -FallbackModel.");
        }

        foreach (string name in connection is null ? models : [])
        {
            if (ModuleState.Connections.Split(name, ModuleState.RunspaceId) is { Connection: { } named } split)
            {
                throw Failures.Invalid(
                    $"-FallbackModel is '{name}', and '{named}' is a connection: a run stays with one.", $"Name a model of the connection that is asked, such as '{split.Model}'. If it is called '{name}' there, give -Connection.");
            }
        }

        return new ModelFallback(models, reasons is null ? ModelFallback.DefaultReasons : [.. reasons.Select(reason => (FallbackReason)Enum.Parse(typeof(FallbackReason), reason, ignoreCase: true))]);
    }
}
