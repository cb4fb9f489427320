namespace ChatPS.Client.Generations;

/// <summary>What the families' words for the status of a task mean. They differ from family to family, and hardly ever contradict each other.</summary>
internal static class StatusWords
{
    private static readonly Dictionary<string, ChatGenerationStatus> Meanings = new(StringComparer.OrdinalIgnoreCase)
    {
        [""] = ChatGenerationStatus.NotStarted,
        ["NOT_START"] = ChatGenerationStatus.NotStarted,
        ["SUBMITTED"] = ChatGenerationStatus.NotStarted,
        ["QUEUED"] = ChatGenerationStatus.NotStarted,
        ["PENDING"] = ChatGenerationStatus.NotStarted,
        ["THROTTLED"] = ChatGenerationStatus.NotStarted,
        ["Preparing"] = ChatGenerationStatus.NotStarted,
        ["Queueing"] = ChatGenerationStatus.NotStarted,
        ["created"] = ChatGenerationStatus.NotStarted,
        ["in_queue"] = ChatGenerationStatus.NotStarted,
        ["IN_PROGRESS"] = ChatGenerationStatus.Running,
        ["RUNNING"] = ChatGenerationStatus.Running,
        ["PROCESSING"] = ChatGenerationStatus.Running,
        ["UNKNOWN"] = ChatGenerationStatus.Running,
        ["TEXT_SUCCESS"] = ChatGenerationStatus.Running,
        ["FIRST_SUCCESS"] = ChatGenerationStatus.Running,
        ["dreaming"] = ChatGenerationStatus.Running,
        ["generating"] = ChatGenerationStatus.Running,
        ["streaming"] = ChatGenerationStatus.Running,
        ["MODAL"] = ChatGenerationStatus.NeedsInput,
        ["SUCCESS"] = ChatGenerationStatus.Succeeded,
        ["SUCCEED"] = ChatGenerationStatus.Succeeded,
        ["SUCCEEDED"] = ChatGenerationStatus.Succeeded,
        ["COMPLETED"] = ChatGenerationStatus.Succeeded,
        ["complete"] = ChatGenerationStatus.Succeeded,
        ["done"] = ChatGenerationStatus.Succeeded,
        ["FAILURE"] = ChatGenerationStatus.Failed,
        ["FAILED"] = ChatGenerationStatus.Failed,
        ["FAIL"] = ChatGenerationStatus.Failed,
        ["error"] = ChatGenerationStatus.Failed,
        ["expired"] = ChatGenerationStatus.Failed,
        ["not_found"] = ChatGenerationStatus.Failed,
        ["CREATE_TASK_FAILED"] = ChatGenerationStatus.Failed,
        ["GENERATE_AUDIO_FAILED"] = ChatGenerationStatus.Failed,
        ["GENERATE_LYRICS_FAILED"] = ChatGenerationStatus.Failed,
        ["SENSITIVE_WORD_ERROR"] = ChatGenerationStatus.Failed,
        ["CALLBACK_EXCEPTION"] = ChatGenerationStatus.Failed,
        ["CANCEL"] = ChatGenerationStatus.Cancelled,
        ["CANCELED"] = ChatGenerationStatus.Cancelled,
        ["CANCELLED"] = ChatGenerationStatus.Cancelled,
    };

    /// <summary>Reads a word.</summary>
    /// <param name="word">What the service says; null where it says nothing.</param>
    /// <param name="status">What it means; running where nobody knows.</param>
    /// <returns>Whether the word is known.</returns>
    public static bool TryRead(string? word, out ChatGenerationStatus status)
    {
        bool isKnown = Meanings.TryGetValue(word?.Trim() ?? "", out ChatGenerationStatus meaning);
        status = isKnown ? meaning : ChatGenerationStatus.Running;
        return isKnown;
    }
}
