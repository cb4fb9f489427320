namespace ChatPS.Completion;

/// <summary>Completes <c>-Purpose</c> of files that are listed: the service makes some itself.</summary>
public sealed class ListedPurposeCompleter() : ValueCompleter("assistants", "assistants_output", "batch", "batch_output", "evals", "fine-tune", "fine-tune-results", "user_data", "vision");
