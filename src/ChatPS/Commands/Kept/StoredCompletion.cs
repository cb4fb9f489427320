using ChatPS.Client.Faults;

namespace ChatPS.Commands;

/// <summary>What a completion that is piped in tells of where it is kept.</summary>
internal static class StoredCompletion
{
    public static string IdOf(ChatCompletion completion) => completion.Id is { Length: > 0 } id
        ? id
        : throw Failures.Invalid("The completion has no id, so the service cannot keep it.", "Use a service that keeps completions, and Invoke-ChatCompletion -Store $true.");
}
