using ChatPS.Client.Faults;

namespace ChatPS.Client.Batches;

/// <summary>What must be true of a state that was read: files are edited, cut off and confused.</summary>
internal static class BatchStateRules
{
    private const int LongestId = 32;

    // Results note the number of their part in two bytes.
    private const int MostParts = ushort.MaxValue;

    // No service takes more in a part.
    private const int MostOfPart = 1_000_000;

    /// <summary>Requires that a state is a batch.</summary>
    /// <param name="state">The state; null for none.</param>
    /// <param name="path">The full path of its file.</param>
    /// <returns>The state.</returns>
    /// <exception cref="ChatServiceException">It is none, or damaged; the member is told.</exception>
    public static BatchState Require(BatchState? state, string path)
    {
        if (state is null || state.Version < 1)
        {
            throw Failures.Invalid($"-Path: '{path}' is no batch of ChatPS.", "Give the file that Start-ChatBatch has written, or another path.");
        }

        if (state.Version > BatchState.Format)
        {
            throw Failures.Invalid(FormattableString.Invariant($"-Path: '{path}' was written by a newer ChatPS (format {state.Version}; this one knows {BatchState.Format})."), "Update ChatPS.");
        }

        return Flaw(state) is { } flaw
            ? throw Failures.Invalid($"-Path: '{path}' is no batch of ChatPS, or is damaged: {flaw}.", "Give the file that Start-ChatBatch has written, or an older copy of it; or mend what is named.")
            : state;
    }

    private static string? Flaw(BatchState state)
    {
        if (state.Id is not { Length: > 0 and <= LongestId } id || !id.All(static letter => letter is (>= '0' and <= '9') or (>= 'a' and <= 'z')))
        {
            return "id is not what a batch has";
        }

        if (state.Connection is null || state.Address is null || state.Dialect is null || state.Command is null || state.Metadata is null)
        {
            return "connection, address, dialect, command or metadata is null";
        }

        if (state.Parts is null || state.Parts.Count > MostParts)
        {
            return "parts is not a list that a batch has";
        }

        for (int place = 0; place < state.Parts.Count; place++)
        {
            if (Flaw(state.Parts[place], place + 1) is { } flaw)
            {
                return FormattableString.Invariant($"parts[{place}]{flaw}");
            }
        }

        long written = state.Parts.Where(part => !part.IsRetry).Sum(part => (long)part.Requests);
        return state.Requests < 0 || (state.IsWritten && state.Requests != written)
            ? FormattableString.Invariant($"requests is {state.Requests}, and its parts have {written}")
            : null;
    }

    private static string? Flaw(BatchPart? part, int number) =>
        part is null ? " is null"
        : part.Number != number ? FormattableString.Invariant($".number is {part.Number}, not {number}")
        : part.Requests is < 0 or > MostOfPart ? FormattableString.Invariant($".requests is {part.Requests}")
        : part.Name is null || part.Model is null ? ".name or .model is null"
        : part.Results is null || part.Results.Any(static text => text is null) ? ".results is not a list of texts"
        : part.Former is null || part.Former.Any(static text => text is null) ? ".former is not a list of texts"
        : null;
}
